import fc from 'fast-check';
import { preview } from './preview.js';

const marked = (code: string, ...words: string[]) => {
  const { code_preview, matches } = preview(code, words);
  return matches.map(({ from, to }) => code_preview.slice(from, to));
};

describe('a preview', () => {
  it('marks every word, whatever its case', () => {
    expect(marked('import Pandas as pd\npd.read_csv()', 'pandas', 'PD.')).toEqual(['Pandas', 'pd.']);
  });

  it('marks Persian words by whatever keyboard they were written, joiners included', () => {
    expect(marked('# می\u200Cروم به كتاب ٣', 'میروم', 'کتاب', '3')).toEqual(['می\u200Cروم', 'كتاب', '٣']);
  });

  it('makes one mark of what touches', () => {
    expect(marked('groupby', 'group', 'upby')).toEqual(['groupby']);
  });

  it('begins with the code where the match is near, and with the line of the match where it is far', () => {
    expect(preview('a\nneedle', ['needle'])).toMatchObject({ preview_from: 0, code_preview: 'a\nneedle' });
    const far = preview(`${'x = 1\n'.repeat(200)}y = needle\nz`, ['needle']);
    expect(far).toMatchObject({ preview_from: 1200, code_preview: 'y = needle\nz', matches: [{ from: 4, to: 10 }] });
  });

  it('counts characters, not code units, in what it leaves out', () => {
    expect(preview(`${'🔒'.repeat(500)}\nneedle`, ['needle']).preview_from).toBe(501);
  });

  it('shows the beginning of a code without a match', () => {
    expect(preview('x'.repeat(1000), [])).toEqual({ code_preview: 'x'.repeat(400), preview_from: 0, matches: [] });
  });

  it('never shows half a character, and its marks lie in it, in order', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 600 });
    fc.assert(
      fc.property(text, fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 })), (code, words) => {
        const { code_preview, matches } = preview(code, words);
        expect(Buffer.from(code_preview).toString()).toBe(code_preview);
        let end = -1;
        for (const { from, to } of matches) {
          expect(from > end && from < to && to <= code_preview.length).toBe(true);
          end = to;
        }
      })
    );
  });
});
