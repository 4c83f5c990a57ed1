/** Six words to read aloud, numbered. */
export function WordsList(props: { readonly words: readonly string[]; readonly label: string }) {
  return (
    <ol className="six-words" aria-label={props.label}>
      {props.words.map((word, index) => (
        <li key={`${index} ${word}`}>{word}</li>
      ))}
    </ol>
  )
}
