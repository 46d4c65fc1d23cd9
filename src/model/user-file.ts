/** A text file of a folder, by its path below it. */
export interface FolderFile {
  readonly path: string;
  readonly content: string;
}

/** A file of the user's: text as it is, anything else as base64 without line ends. */
export interface UserFile {
  readonly content: string;
  readonly encoding?: 'base64' | undefined;
}
