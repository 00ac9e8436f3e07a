/** `3d 4h`, `2h 5m`, `40s`: the two largest units. Negative times begin with a minus. */
export function duration(seconds: number): string {
  const total = Math.floor(Math.abs(seconds));
  const parts = [
    [Math.floor(total / 86_400), 'd'],
    [Math.floor(total / 3_600) % 24, 'h'],
    [Math.floor(total / 60) % 60, 'm'],
    [total % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(first === -1 ? 3 : first, (first === -1 ? 3 : first) + 2);
  const text = shown.map(([count, unit]) => `${count}${unit}`).join(' ');
  return seconds < 0 && total > 0 ? `-${text}` : text;
}

/** The same without a second unit of none: `6h`, `1d 12h`. */
export function span(seconds: number): string {
  return duration(seconds).replace(/ 0[hms]$/, '');
}

/** `1.5 GiB`, in powers of 1024. */
export function byteSize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}
