/** One line of what is known: a label and the words for it. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}
