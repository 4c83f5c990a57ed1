export const SyncPage = () => null
