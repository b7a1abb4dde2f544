const ERRORS = [
  ['NameError', "name 'df' is not defined", 26],
  ['KeyError', "'مبلغ'", 14],
  ['ValueError', 'could not convert string to float: ‘۱۲٬۰۰۰’', 10],
  ['TypeError', "unsupported operand type(s) for +: 'int' and 'str'", 10],
  ['AttributeError', "'DataFrame' object has no attribute 'append'", 9],
  ['ModuleNotFoundError', "No module named 'geemap'", 8],
  ['SyntaxError', 'invalid syntax (3141592653.py, line 1)', 8],
  ['FileNotFoundError', "[Errno 2] No such file or directory: 'داده/فروش.csv'", 6],
  ['IndexError', 'list index out of range', 4],
  ['ZeroDivisionError', 'division by zero', 2],
  ['MemoryError', 'Unable to allocate 14.9 GiB for an array with shape (2000000000,) and data type float64', 1],
  ['OperationalError', 'connection to server at "db" failed: timeout expired', 1],
  ['PermissionError', '[Errno 13] Permission denied: ‘/data/cards.parquet’', 1]
];
const WEIGHT = ERRORS.reduce((sum, [, , weight]) => sum + weight, 0);

/** What a failed run says of itself. @returns {{ error_name: string, error_message: string, error_traceback: string }} */
export function makeError(random, code) {
  let left = random.next() * WEIGHT;
  const [name, words] = ERRORS.find(([, , weight]) => (left -= weight) < 0) ?? ERRORS[0];
  const line = code.split('\n')[0].slice(0, 120);
  const rule = '-'.repeat(75);
  return {
    error_name: name,
    error_message: `${name}: ${words}`,
    error_traceback: `${rule}\n${name}${' '.repeat(10)}Traceback (most recent call last)\nCell In[1], line 1\n----> 1 ${line}\n\n${name}: ${words}`
  };
}
