import Handlebars from 'handlebars';
import { RegildError } from '../errors.ts';

/** The ways in which a template may print a value, by the name that the template uses. */
export type Encoders = Readonly<Record<string, (value: unknown) => string>>;

/** A template by its path below the installation. */
export interface TemplateSource {
  readonly path: string;
  readonly text: string;
}

/**
 * Fills a template in. Throws TEMPLATE_INVALID for a syntax error, and for a name that the view lacks: Handlebars' own strict mode lets a misspelt
 * `{{#if}}` or `{{#each}}` pass as empty.
 */
export type Template = (view: object) => string;

/** A template that can be filled in many times: compiling it takes longer than filling it in. */
export function compileTemplate({ path, text }: TemplateSource, encoders: Encoders): Template {
  const fill = compile(text, encoders);
  return (view) => {
    try {
      return fill(guarded(view));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new RegildError('TEMPLATE_INVALID', `the template ${path} cannot be filled in: ${reason}`, {
        hint: 'this is a defect of regild: please report it',
        cause: error,
      });
    }
  };
}

function compile(text: string, encoders: Encoders): (view: unknown) => string {
  const environment = Handlebars.create();
  for (const [name, encode] of Object.entries(encoders)) environment.registerHelper(name, (value: unknown) => encode(value));
  return environment.compile<unknown>(text, {
    strict: true,
    noEscape: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(encoders).map((name) => [name, true])),
  });
}

/** A copy of the view in which a name that it lacks throws wherever it is asked for; lists of texts have no names, and stay what they are. */
function guarded(value: unknown): unknown {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value : value.map(guarded);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, guarded(inner)]));
  return new Proxy(copy, {
    get(target, name) {
      if (typeof name === 'string' && !(name in target)) throw new Error(`the view has no "${name}"`);
      return Reflect.get(target, name);
    },
  });
}
