declare module '@sigstore/core' {
  export const dsse: { preAuthEncoding(type: string, payload: Buffer): Buffer };
  export const crypto: { verify(data: Buffer, key: import('node:crypto').KeyObject, signature: Buffer, algorithm?: string): boolean };
}

declare module '@cyclonedx/cyclonedx-library' {
  export const Spec: { readonly Version: { readonly v1dot6: string } };
  export const Validation: { readonly JsonStrictValidator: new (version: string) => { validate(text: string): Promise<unknown> } };
}
