import { captureState } from './capture-state.js';

const page = { open: true, capturing: true, fault: null };

describe('the capture state of a person', () => {
  it.each([
    ['silent', []],
    ['silent', [{ ...page, open: false }]],
    ['recording', [page]],
    ['recording', [page, { ...page, open: false, capturing: false }]],
    ['off', [{ ...page, capturing: false }]],
    ['off', [page, { ...page, capturing: false }]],
    ['off', [{ ...page, fault: 'bypassed' }]]
  ] as const)('is %s with the pages %j', (state, pages) => expect(captureState(pages)).toBe(state));
});
