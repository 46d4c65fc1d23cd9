import * as z from 'zod';
import { ParityKind } from '../model/parity.ts';
import { list, record } from '../model/schema.ts';
import { fact, optionalList } from './fact.ts';

const Severity = z.enum(['block', 'warn']);

/** Something that must not be in an image: paths that are a finding when they exist, and patterns in the lines of small files. */
export const LeakRule = record({
  id: z.string(),
  title: z.string(),
  os: z.enum(['linux', 'windows']).default('linux'),
  /** Shell globs, `~` for every home, or paths of Windows with variables; a file counts when it is not empty. */
  paths: optionalList(record({ globs: list(z.string()), severity: Severity, kind: z.string() })),
  texts: optionalList(
    record({
      /** Shell globs, a folder is searched below; absent = wherever secrets are kept. */
      files: list(z.string()).optional(),
      /** Extended regular expression over a line. */
      pattern: z.string(),
      severity: Severity,
      kind: z.string(),
      /** True where a file that a package brought is public. */
      unowned: z.literal(true).optional(),
      /** Shell patterns of paths that another rule is about. */
      passOver: optionalList(z.string()),
      /** Shell patterns of paths that the system makes for itself: a warning there. */
      known: optionalList(z.string()),
      /** Characters of the match that are shown behind the kind. */
      shown: z.number().int().optional(),
      /** Text in the match that makes it an example of a documentation. */
      example: z.string().optional(),
    }),
  ),
  /** Windows: values of the registry, as components name them. */
  registry: optionalList(record({ entry: z.string(), severity: Severity, kind: z.string() })),
  ...fact,
});
export type LeakRule = z.infer<typeof LeakRule>;

/** Files below the folders of content that no package lists and no person made, or that belong to one machine. */
export const ContentRule = record({
  id: z.string(),
  title: z.string(),
  os: z.enum(['linux', 'windows']).default('linux'),
  /**
   * `generated` files come by themselves on the next system, unless somebody changed what a package brought; `written` ones always do, since only programs
   * change them; `identity` belongs to one machine; `scratch` is not looked into.
   */
  treatment: z.enum(['generated', 'written', 'identity', 'scratch']),
  /** Shell patterns over the whole path, in which `*` also stands for `/`. */
  paths: list(z.string()),
  ...fact,
});
export type ContentRule = z.infer<typeof ContentRule>;

/** Differences between an AMI and its image on Azure that belong to the move, whichever image it is. */
export const ParityRule = record({
  id: z.string(),
  /** One sentence for the report. */
  reason: z.string(),
  verdict: z.enum(['expected', 'explained']),
  /** Shell patterns over names of one kind of item. */
  items: list(record({ kind: ParityKind, names: list(z.string()), changes: optionalList(z.enum(['missing', 'changed', 'added'])) })),
  ...fact,
});
export type ParityRule = z.infer<typeof ParityRule>;

/** What packages of one distribution are called on others. A package that is not named has the same name there. */
export const PackageNames = record({
  id: z.string(),
  /** `ID` of os-release, and its `VERSION_ID` where not all releases are meant. */
  from: record({ distro: z.string(), versions: optionalList(z.string()) }),
  to: list(z.string()),
  names: list(
    record({
      name: z.string(),
      /** Names there; none = the package has no counterpart. */
      to: list(z.string()),
      /** The repository that must be added for it, for example `epel`. */
      repository: z.string().optional(),
      note: z.string().optional(),
    }),
  ),
  ...fact,
});
export type PackageNames = z.infer<typeof PackageNames>;
