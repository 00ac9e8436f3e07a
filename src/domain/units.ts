const daySeconds = 86_400;
const maxDays = 60;
const monthDays = 365.25 / 12;

/** `3d 4h`, `2h 5m`, `40s`; beyond 60 days `3mo`, `1y 2mo`. Negative times begin with a minus. */
export function duration(seconds: number): string {
  const total = Math.floor(Math.abs(seconds));
  const text = total > maxDays * daySeconds ? monthsText(total) : daysText(total);
  return seconds < 0 && total > 0 ? `-${text}` : text;
}

/** A time that somebody configured: exact, `6h`, `1d 12h`, `90d`. */
export function span(seconds: number): string {
  return daysText(Math.floor(seconds)).replace(/ 0[hms]$/, '');
}

/** `in 2h 5m`, `3d 4h ago`, `just now`. */
export function distance(seconds: number): string {
  if (Math.abs(seconds) < 1) return 'just now';
  return seconds >= 0 ? `in ${duration(seconds)}` : `${duration(-seconds)} ago`;
}

/** The two largest units. */
function daysText(total: number): string {
  const parts = [
    `${Math.floor(total / daySeconds)}d`,
    `${Math.floor(total / 3_600) % 24}h`,
    `${Math.floor(total / 60) % 60}m`,
    `${total % 60}s`,
  ];
  const first = parts.findIndex((part) => !part.startsWith('0'));
  return parts.slice(...(first === -1 ? [3] : [first, first + 2])).join(' ');
}

function monthsText(total: number): string {
  const months = Math.round(total / daySeconds / monthDays);
  const years = Math.floor(months / 12);
  const rest = months % 12 === 0 ? [] : [`${months % 12}mo`];
  return [...(years === 0 ? [] : [`${years}y`]), ...rest].join(' ');
}

/** `1.5 GiB`, in powers of 1024. */
export function byteSize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}
