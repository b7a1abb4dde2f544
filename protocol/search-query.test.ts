import fc from 'fast-check';
import { MAX_SEARCH_LENGTH, MAX_SEARCH_TERMS, parseSearch } from './search-query.js';

const terms = (text: string) =>
  parseSearch(text).terms?.map(({ from, to, ...term }) => (expect(from).toBeLessThan(to), term));
const fault = (text: string) => parseSearch(text).fault;

describe('a search', () => {
  it('is read as it is written in the docs', () => {
    expect(terms('status:error user:sara took:>1000 created:2026-11-01..2026-11-24 "exact text" -word')).toEqual([
      { kind: 'status', value: 'error', not: false },
      { kind: 'user', value: 'sara', not: false },
      { kind: 'took', bounds: [{ op: '>', value: 1000 }], not: false },
      {
        kind: 'created',
        bounds: [
          { op: '>=', value: '2026-11-01' },
          { op: '<=', value: '2026-11-24' }
        ],
        not: false
      },
      { kind: 'text', value: 'exact text', not: false },
      { kind: 'text', value: 'word', not: true }
    ]);
  });

  it.each<[string, string[]]>([
    ['x = 1', ['x', '=', '1']],
    ['df.groupby("x")', ['df.groupby("x")']],
    ['"groupby("', ['groupby(']],
    ['"say \\"hi\\" \\n"', ['say "hi" \\n']],
    ['lambda x:x', ['lambda', 'x:x']],
    ['http://localhost:8001', ['http://localhost:8001']],
    ['a - b', ['a', '-', 'b']],
    ['سلام دنیا', ['سلام', 'دنیا']],
    ['(a|a)*$', ['(a|a)*$']],
    ["'; DROP TABLE x; --", ["';", 'DROP', 'TABLE', 'x;']]
  ])('for %p is for these texts', (text, values) => {
    const found = terms(text)!.filter(({ not }) => !not);
    expect(found.every(({ kind }) => kind === 'text')).toBe(true);
    expect(found.map(term => 'value' in term && term.value)).toEqual(values);
  });

  it.each([
    ['notebook:تحلیل/فروش.ipynb', { kind: 'notebook', value: 'تحلیل/فروش.ipynb', not: false }],
    ['-notebook:"a b"', { kind: 'notebook', value: 'a b', not: true }],
    ['STATUS:Error', { kind: 'status', value: 'error', not: false }],
    ['took:5s', { kind: 'took', bounds: [{ op: '>=', value: 5000 }, { op: '<=', value: 5000 }], not: false }], // prettier-ignore
    ['took:>=۱۰۰۰', { kind: 'took', bounds: [{ op: '>=', value: 1000 }], not: false }],
    ['created:<2026-11-24T10:00Z', { kind: 'created', bounds: [{ op: '<', value: '2026-11-24T10:00Z' }], not: false }],
    ['created:2026-11-24..*', { kind: 'created', bounds: [{ op: '>=', value: '2026-11-24' }], not: false }]
  ])('reads %p', (text, term) => {
    expect(terms(text)).toEqual([term]);
  });

  it.each([
    ['say "hi', 'quote_open', 4, 7],
    ['x staus:error', 'qualifier_unknown', 2, 7],
    ['notebok:a', 'qualifier_unknown', 0, 7],
    ['user:', 'value_missing', 0, 5],
    ['""', 'value_missing', 0, 2],
    ['status:bad', 'value_unknown', 0, 10],
    ['client:vim', 'value_unknown', 0, 10],
    ['took:fast', 'not_a_time', 0, 9],
    ['took:-1', 'not_a_time', 0, 7],
    ['created:2026-02-30', 'not_a_date', 0, 18],
    ['created:yesterday', 'not_a_date', 0, 17],
    ['took:*..*', 'value_missing', 0, 9],
    ['took:2..1', 'range_backwards', 0, 9],
    ['created:2026-11-24..2026-11-01', 'range_backwards', 0, 30],
    ['notebook:*a*b*c*d*', 'too_many_stars', 0, 18]
  ])('%p is refused, with the place', (text, reason, from, to) => {
    expect(fault(text)).toMatchObject({ reason, from, to });
    expect(fault(text)!.fix).not.toBe('');
  });

  it('is refused when it is longer than anybody types', () => {
    expect(fault('a'.repeat(MAX_SEARCH_LENGTH + 1))).toMatchObject({ reason: 'too_long' });
    expect(fault('a '.repeat(MAX_SEARCH_TERMS + 1))).toMatchObject({ reason: 'too_many', from: 2 * MAX_SEARCH_TERMS });
  });

  it('is understood or refused, whatever it is, and every term is where it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), text => {
        const parsed = parseSearch(text);
        for (const { from, to } of parsed.terms ?? [parsed.fault])
          expect(0 <= from && from <= to && to <= text.length).toBe(true);
      })
    );
  });

  it('finds a quoted text again, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 100 }), value => {
        const quoted = `"${value.replace(/["\\]/g, '\\$&')}"`;
        expect(terms(quoted)).toEqual([{ kind: 'text', value, not: false }]);
      })
    );
  });
});
