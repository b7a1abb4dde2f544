import { MAX_ERROR_MESSAGE_LENGTH, MAX_TRACEBACK_LENGTH } from '@celltrail/protocol';
import { errorFields, errorName, stripAnsi } from './traceback.js';

describe('stripAnsi', () => {
  test.each([
    ['colours', '\u001b[31mZeroDivisionError\u001b[39m', 'ZeroDivisionError'],
    ['256 colours', '\u001b[38;5;241mx\u001b[0m', 'x'],
    ['cursor movements', 'a\u001b[2K\u001b[1Gb', 'ab'],
    ['a hyperlink ended by BEL', '\u001b]8;;https://a.b\u0007link\u001b]8;;\u0007', 'link'],
    ['a hyperlink ended by ST', '\u001b]8;;https://a.b\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['a title never ended', 'x\u001b]0;title', 'x'],
    ['a device control string', 'a\u001bPq#0\u001b\\b', 'ab'],
    ['one-byte codes', 'a\u009b31mb', 'ab'],
    ['a reset', 'a\u001bcb', 'ab'],
    ['a charset', 'a\u001b(Bb', 'ab']
  ])('takes out %s', (_, text, plain) => {
    expect(stripAnsi(text)).toBe(plain);
  });

  test('leaves Persian, bidi marks and brackets alone', () => {
    const text = 'خطا [31m] \u200f(۱)\u202c 😀';
    expect(stripAnsi(text)).toBe(text);
  });
});

describe('errorFields', () => {
  test('puts name and value together, without colours', () => {
    const fields = errorFields({
      ename: 'ValueError',
      evalue: '\u001b[31mno\u001b[0m',
      traceback: ['\u001b[1ma', 'b']
    });
    expect(fields).toEqual({
      error_name: 'ValueError',
      error_message: 'ValueError: no',
      error_traceback: 'a\nb',
      error_traceback_length: 7
    });
  });

  test('has a message where a kernel gives no name, and none where it gives nothing', () => {
    expect(errorFields({ ename: '', evalue: '1', traceback: [] })).toEqual({
      error_name: null,
      error_message: '1',
      error_traceback: null,
      error_traceback_length: null
    });
    expect(errorFields({ ename: 'KeyboardInterrupt', evalue: '', traceback: [] }).error_message).toBe(
      'KeyboardInterrupt'
    );
  });

  test('keeps the end of a long traceback, where the error is, and its true length', () => {
    const line = 'x'.repeat(1000);
    const fields = errorFields({ ename: 'E', evalue: '', traceback: [...Array<string>(5000).fill(line), 'the end'] });
    expect(fields.error_traceback).toHaveLength(MAX_TRACEBACK_LENGTH);
    expect(fields.error_traceback!.endsWith('the end')).toBe(true);
    expect(fields.error_traceback_length).toBe(5000 * 1001 + 'the end'.length);
  });

  test('keeps the end of one enormous line', () => {
    const fields = errorFields({ ename: 'E', evalue: '', traceback: ['y'.repeat(3_000_000) + 'end'] });
    expect(fields.error_traceback!.endsWith('yend')).toBe(true);
    expect(fields.error_traceback_length).toBe(3_000_003);
  });

  test('cuts a long message and says so', () => {
    const { error_message } = errorFields({ ename: 'E', evalue: 'z'.repeat(20_000), traceback: [] });
    expect(error_message).toHaveLength(MAX_ERROR_MESSAGE_LENGTH);
    expect(error_message).toMatch(/… \(20003 characters\)$/);
  });
});

test.each([
  ["<class 'ZeroDivisionError'>", 'ZeroDivisionError'],
  ["<class 'pandas.errors.MergeError'>", 'MergeError'],
  ['NameError', 'NameError']
])('an error of %s is called %s', (ename, name) => {
  expect(errorName(ename)).toBe(name);
});
