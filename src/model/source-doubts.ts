/** What speaks against an AMI as the source of an image, in the words of the survey's warnings: decided by a person, in the manifest's `accept.source`. */
export const SOURCE_DOUBTS = ['owner-mismatch', 'vendor-terms', 'product-code-inherited'] as const;
export type SourceDoubt = (typeof SOURCE_DOUBTS)[number];
