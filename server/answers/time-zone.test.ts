import { isTimeZone } from './time-zone.js';

describe('isTimeZone', () => {
  it.each(['Asia/Tehran', 'UTC', 'Etc/GMT+3', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu'])('knows %s', name => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Tehran', '+03:30', 'UTC+3', "UTC'; DROP TABLE x; --", '../etc/passwd', 'Asia/', 'Mars/Olympus'])(
    'refuses %p',
    name => expect(isTimeZone(name)).toBe(false)
  );
});
