/** Why a state file could not be read or written: a closed set, safe as a label value. */
export const stateFaults = {
  unreadable: 'The state file could not be read.',
  torn: 'The state file is not complete, or damaged.',
  version:
    'A newer version of the exporter wrote the state file. It is left as it is, and none is written.',
  future: 'The state file is dated in the future.',
  too_large: 'The state file is larger than any that the exporter writes.',
  unwritable: 'The state file could not be written.',
  locked:
    'Another process writes the state file of this folder. This one writes it once that has ended.',
} as const;
export type StateFaultReason = keyof typeof stateFaults;
