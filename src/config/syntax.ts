import type { ErrorCode } from 'yaml';

/**
 * Our words for the parser's error codes. Its own messages quote the source line, which may hold a
 * secret.
 */
const words: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias cannot have an anchor or a tag',
  BAD_ALIAS: 'an alias or anchor has a bad name',
  BAD_COLLECTION_TYPE: 'tags are not supported',
  BAD_DIRECTIVE: 'a line that starts with % is not a directive',
  BAD_DQ_ESCAPE: 'a backslash in double quotes starts no known escape; use single quotes',
  BAD_INDENT: 'the indentation does not fit, or a bracket is not closed',
  BAD_PROP_ORDER: 'an anchor or tag is in the wrong place',
  BAD_SCALAR_START: 'a value starts with a character that needs quotes around the value',
  BLOCK_AS_IMPLICIT_KEY:
    'a key is not allowed here: check the indentation, or quote a value with ": "',
  BLOCK_IN_FLOW: 'a block is not allowed inside brackets or braces',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters, or a quote is not closed',
  MISSING_CHAR: 'something is missing: a colon after a key, a space, a closing quote or bracket',
  MULTILINE_IMPLICIT_KEY: 'a key spans several lines, or a colon after it is missing',
  MULTIPLE_ANCHORS: 'a value has two anchors',
  MULTIPLE_DOCS: 'there must be only one document; a second one starts here',
  MULTIPLE_TAGS: 'tags are not supported',
  NON_STRING_KEY: 'keys must be strings',
  TAB_AS_INDENT: 'a tab cannot indent; use spaces',
  TAG_RESOLVE_FAILED: 'tags are not supported',
  UNEXPECTED_TOKEN: 'unexpected character',
};

export function syntaxFault(code: ErrorCode): string {
  return `not valid YAML: ${words[code] ?? 'it cannot be parsed'}`;
}
