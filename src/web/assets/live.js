// Times in the reader's own zone. Pages are complete without this script.
for (const time of document.querySelectorAll('time[datetime]')) {
  const local = new Date(time.dateTime).toLocaleString(undefined, { timeZoneName: 'short' });
  time.title = `${local} (${time.title})`;
}
