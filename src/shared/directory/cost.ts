/** What a service costs in plain words, from the directory's code; a bare number is an amount in CFA francs. */
export function shownCost(stored: string): { readonly fr: string; readonly en: string } {
  const cost = stored.trim().toLowerCase()
  if (/^\d{1,9}$/.test(cost)) {
    const amount = `${Number(cost)
      .toString()
      .replace(/\B(?=(?:\d{3})+$)/g, '\u00a0')}\u00a0FCFA`
    return Number(cost) === 0 ? words.free : { fr: amount, en: amount }
  }
  return (words as Readonly<Record<string, { readonly fr: string; readonly en: string }>>)[cost] ?? words.unknown
}

const fee = { fr: 'payant\u00a0: demandez le prix avant', en: 'there is a charge: ask the price first' }
const contribution = { fr: 'petite participation\u00a0: demandez combien', en: 'small contribution: ask how much' }
const words = {
  free: { fr: 'gratuit', en: 'free' },
  fee,
  paid: fee,
  low: contribution,
  subsidised: contribution,
  membership: { fr: 'pour les membres\u00a0: demandez la cotisation', en: 'for members: ask about the membership fee' },
  deposit: { fr: 'caution à verser\u00a0: demandez combien', en: 'deposit to pay: ask how much' },
  voucher: { fr: 'avec un bon', en: 'with a voucher' },
  unknown: { fr: 'demandez avant', en: 'ask first' },
} as const
