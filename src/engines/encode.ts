const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A value as a quoted HCL template that stands for exactly that value: `${` and `%{` do not interpolate. Control and invisible format characters
 * become \u escapes (HCL has no \b and \f). HCL reads strings as NFC, and unpaired surrogates, which UTF-8 cannot hold, become U+FFFD.
 */
export function hclString(value: string): string {
  const escaped = value
    .toWellFormed()
    .replace(/["\\\n\r\t]/g, (character) => ESCAPES[character] ?? character)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, unicodeEscape)
    // A function, since `$$` in a replacement text means one dollar sign.
    .replace(/[$%](?=\{)/g, (sign) => sign + sign);
  return `"${escaped}"`;
}

function unicodeEscape(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}

/**
 * A text that Go's text/template prints as it is. Packer runs every string of a plugin's configuration, also from HCL2, through text/template
 * (packer-plugin-sdk, template/config/decode.go), where `{{` would call functions.
 */
export function goTemplateText(value: string): string {
  return value.replaceAll('{{', () => '{{"{{"}}');
}

/** A value as JSON text. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value);
}
