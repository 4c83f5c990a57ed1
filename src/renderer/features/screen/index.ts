export { NeutralScreen } from './neutral-screen.tsx'
export { MaskedName, RevealPerson } from './reveal-person.tsx'
export { SafeScreenButton } from './safe-screen-button.tsx'
