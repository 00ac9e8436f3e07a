/** A text read as something, or why not, in words that do not repeat the text. */
export type Parsed<T> = { readonly value: T } | { readonly refused: string };
