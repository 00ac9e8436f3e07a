import { type UnixSeconds, utcText } from './time.ts';

/** A moment inside a sentence: each surface writes it in its own way. */
export type Instant = { readonly moment: UnixSeconds };

/** A sentence with moments in it, for a page or for JSON. */
export type Phrase = readonly (string | Instant)[];

export function at(moment: UnixSeconds): Instant {
  return { moment };
}

/** A tagged template that keeps moments apart from the text around them. */
export function say(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Instant | Phrase)[]
): Phrase {
  return strings.flatMap((text, index): Phrase => {
    const value = values[index];
    if (value === undefined) return [text];
    if (typeof value === 'number') return [text, String(value)];
    return typeof value === 'string' || 'moment' in value ? [text, value] : [text, ...value];
  });
}

/** With its times in UTC. */
export function plainText(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === 'string' ? part : utcText(part.moment))).join('');
}
