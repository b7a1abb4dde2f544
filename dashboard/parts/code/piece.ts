/** A piece of code in one colour. */
export interface Piece {
  text: string;
  /** class names; empty for plain text */
  style: string;
}

/** Cuts code into pieces that together are the code. */
export type Highlighter = (code: string) => Piece[];
