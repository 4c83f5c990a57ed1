export { EraseDialog } from './erase-dialog.tsx'
export { Erasures } from './erasures.tsx'
