import { type Content, type Redacting, redact, redacting } from '../model/redact.ts';
import type { Io } from './command.ts';
import { requireNone } from './files.ts';
import { mapped } from './mapped-stream.ts';

/** A process whose output passes the redactor, and what lets go of the last line that it holds. */
export interface RedactedIo {
  readonly io: Io;
  readonly end: () => void;
}

/**
 * The same process, all of whose output passes the redactor: nothing else writes to it. Diagnostics are redacted message by message, since who watches
 * must see half a line too (a question, a live list); results line by line, wherever their pieces are cut.
 */
export function redactedIo(io: Io): RedactedIo {
  let under: { readonly content: Content; readonly way: Redacting } | undefined;
  const write = (text: string) => {
    if (text !== '') io.out(text, 'secret');
  };
  const end = () => {
    const rest = under?.way.end() ?? '';
    under = undefined;
    write(rest);
  };
  const out = (text: string, content: Content) => {
    if (under?.content !== content) end();
    if (content === 'text' || content === 'json' || content === 'kept') {
      under ??= { content, way: redacting(content) };
      write(under.way.push(text));
    } else {
      if (content !== 'secret') requireNone(text, content, PRINTED);
      write(text);
    }
  };
  const tell = (text: string) => {
    end();
    io.tell(redact(text));
  };
  return { io: { ...io, out, tell, diagnostics: mapped(io.diagnostics, redact) }, end };
}

const PRINTED = {
  message: (found: string) => `what was to be printed holds ${found}, and has to stay as it is`,
  hint: 'take it out of the manifest or of what the clouds are asked, and keep it in Azure Key Vault',
};
