import { translator } from '@celltrail/protocol/locales';
import fc from 'fast-check';
import type { Standing } from '../standing.js';
import { bannerLines, bannerText, segments } from './text.js';

const fa = translator('fa');
const text = (some: Partial<Parameters<typeof bannerLines>[1]> = {}, t = fa): string =>
  bannerText(bannerLines(t, { lines: [], username: 'test_user', standing: 'recording', ...some }));

test('the Persian banner is the scenario’s, word for word', () => {
  expect(text()).toBe(
    `🔒 سیستم تحلیل داده شاپرک
👤 کاربر: test_user
📊 دسترسی به دیتابیس: db.get_customers(), db.get_transactions(), db.query(sql)
⚠️  تمام اکشن‌ها ثبت می‌شود
❌ نصب پکیج و دانلود فایل مجاز نیست

✅ سیستم ثبت لاگ فعال شد - تمام کدها ثبت می‌شوند`
  );
});

test('its English twin says the same', () => {
  expect(text({}, translator('en'))).toBe(
    `🔒 Shaparak data analysis system
👤 User: test_user
📊 Database access: db.get_customers(), db.get_transactions(), db.query(sql)
⚠️  All actions are recorded
❌ Installing packages and downloading files is not allowed

✅ The audit log is active - all code is recorded`
  );
});

test('configured lines take the place of the five, the last line stays ours', () => {
  expect(text({ lines: ['one {user} {user}', '<b>two</b>'] })).toBe(
    'one test_user test_user\n<b>two</b>\n\n✅ سیستم ثبت لاگ فعال شد - تمام کدها ثبت می‌شوند'
  );
});

test('only while recording does it say that all is recorded', () => {
  const others: Standing[] = ['off', 'connecting', 'unreachable', 'refused', 'expired', 'full', 'storage', 'fault'];
  const last = others.map(standing => text({ standing }).split('\n').at(-1)!);
  for (const line of last) expect(line).not.toMatch(/✅|فعال شد/);
  expect(new Set(last).size).toBe(others.length);
});

test('a list of calls is one left-to-right part, a name is a part of its own', () => {
  expect(segments('دسترسی: db.a(), db.b(x) و {user}!', 'علی')).toEqual([
    { kind: 'text', text: 'دسترسی: ' },
    { kind: 'code', text: 'db.a(), db.b(x)' },
    { kind: 'text', text: ' و ' },
    { kind: 'name', text: 'علی' },
    { kind: 'text', text: '!' }
  ]);
});

test('a name that looks like a placeholder or a call stays a name', () => {
  expect(segments('{user}', '{user}')).toEqual([{ kind: 'name', text: '{user}' }]);
  expect(segments('{user}', 'f(x)')).toEqual([{ kind: 'name', text: 'f(x)' }]);
});

test('whatever is configured, no letter is lost or added', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), line => {
      const joined = segments(line, '{user}')
        .map(part => part.text)
        .join('');
      expect(joined).toBe(line);
    })
  );
});

test('a long hostile line costs nothing', () => {
  const line = 'a.'.repeat(50_000) + 'a('.repeat(50_000);
  expect(
    segments(line, 'x')
      .map(part => part.text)
      .join('')
  ).toBe(line);
});
