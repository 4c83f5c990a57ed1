/** A piece that never breaks over two pages, its height in any unit. */
export interface Piece {
  readonly height: number
  /** A heading: never the last on a page. */
  readonly leads: boolean
}

/**
 * Which pieces stand on which page, by their places, in their order; `room` is the height of a page.
 *
 * A piece higher than a page gets one of its own.
 */
export function paginate(pieces: readonly Piece[], room: number): readonly (readonly number[])[] {
  const pages: number[][] = []
  let open: number[] = []
  let used = 0
  for (let at = 0; at < pieces.length;) {
    let end = at
    while (pieces[end]?.leads === true && end < pieces.length - 1) end += 1
    const group = pieces.slice(at, end + 1)
    const height = group.reduce((sum, piece) => sum + piece.height, 0)
    if (open.length > 0 && used + height > room) {
      pages.push(open)
      open = []
      used = 0
    }
    open.push(...group.map((_, i) => at + i))
    used += height
    at = end + 1
  }
  if (open.length > 0) pages.push(open)
  return pages
}
