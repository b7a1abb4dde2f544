import { checkLines } from './doctor.js';

const item = { id: 'last_event', ok: true, detail: '5 minutes ago.', figures: {}, fix: null };

describe('an item of the doctor', () => {
  it('is one line when nothing is wrong', () => {
    expect(checkLines(item)).toEqual(['✔ last event  5 minutes ago.']);
    expect(checkLines({ ...item, ok: null, fix: 'open_lab' })).toEqual(['– last event  5 minutes ago.']);
  });

  it('says what to do about what is wrong', () => {
    expect(checkLines({ ...item, ok: false, fix: 'start_server' })).toEqual([
      '✖ last event  5 minutes ago.',
      '              Fix: Start it: celltrail serve.'
    ]);
  });
});
