/** A wording by which a failure is known, whoever passes it on: Azure, Image Builder, Packer, the guest, Sysprep, AWS. */
export interface Signature {
  /** Stable, kebab-case; the row's anchor in docs/reference/failures.md. */
  readonly id: string;
  /** Matched against what was said, an error code before its message where there is one. */
  readonly pattern: RegExp;
  /** Why it failed: a clause that begins in lower case. */
  readonly cause: string;
  /** What to do: a clause that begins in lower case and names the key or the command. */
  readonly cure: string;
  /** The wording as it was seen, with names replaced. */
  readonly example: string;
  /** Where the wording was read. */
  readonly source: string;
  /** Day on which it was compared with the source. */
  readonly verified: string;
}
