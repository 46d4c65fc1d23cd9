import * as z from 'zod';
import { list, record } from './schema.ts';

/** `DigestSet` of in-toto: algorithm → value in lower-case hexadecimal. */
const Digests = z.record(z.string(), z.string()).readonly();

/** `ResourceDescriptor` of in-toto (github.com/in-toto/attestation, spec/v1/resource_descriptor.md). */
export const ResourceDescriptor = record({
  name: z.string().optional(),
  uri: z.string().optional(),
  digest: Digests.optional(),
  annotations: z.record(z.string(), z.string()).readonly().optional(),
});
export type ResourceDescriptor = z.infer<typeof ResourceDescriptor>;

const text = z.record(z.string(), z.string()).readonly();

/** Where a gallery version comes from: an in-toto Statement v1 with the predicate of SLSA provenance v1 (slsa.dev/spec/v1.1/provenance). */
export const Provenance = record({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: list(record({ name: z.string(), uri: z.string(), digest: Digests })),
  predicateType: z.literal('https://slsa.dev/provenance/v1'),
  predicate: record({
    buildDefinition: record({
      buildType: z.string(),
      externalParameters: record({
        image: z.string(),
        ami: z.string(),
        base: z.string(),
        engine: z.string(),
        /** Digest of the plan: equal digest = nothing to rebuild. */
        recipe: z.string(),
      }),
      internalParameters: text,
      resolvedDependencies: list(ResourceDescriptor),
    }),
    runDetails: record({
      builder: record({ id: z.string(), version: text }),
      metadata: record({ invocationId: z.string(), startedOn: z.iso.datetime(), finishedOn: z.iso.datetime() }),
      byproducts: list(ResourceDescriptor),
    }),
  }),
});
export type Provenance = z.infer<typeof Provenance>;

/** DSSE envelope (github.com/secure-systems-lab/dsse, envelope.md); payload and signatures in base64. */
export const Envelope = record({
  payload: z.string(),
  payloadType: z.string(),
  signatures: list(record({ keyid: z.string().optional(), sig: z.string() })),
});
export type Envelope = z.infer<typeof Envelope>;
