export const syncMessages = {} as const
