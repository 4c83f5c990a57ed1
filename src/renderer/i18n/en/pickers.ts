/** Lists that are searched by typing. */
export const pickersMessages = {
  found: '{count, plural, =0 {Nothing of that name in the list.} one {# suggestion.} other {# suggestions.}}',
  placeHelp:
    'Type the name, then choose from the list with the arrow keys and Enter. A place that is not in the list is kept as typed.',
  placeAsTyped: 'Kept as you typed it. If it is in the list, choose it; if not, give the subdivision below.',
  placeInUnit: '{place} / {unit}',
  nearestUnit: 'Subdivision where this place is, or the nearest one',
  unitHelp: 'Type the name, then choose from the list.',
  unitUnchosen: 'Choose from the list, or clear this text.',
} as const
