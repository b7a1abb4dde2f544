import { notebookAddress } from './notebook-address.js';

it.each([
  ['http://localhost:8888/lab', 'reports/customers.ipynb', 'http://localhost:8888/lab/tree/reports/customers.ipynb'],
  [
    'http://hub/user/a/lab/',
    'گزارش ۱.ipynb',
    'http://hub/user/a/lab/tree/%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4%20%DB%B1.ipynb'
  ],
  ['http://localhost:8888/lab', 'RTC:a?b#c.ipynb', 'http://localhost:8888/lab/tree/a%3Fb%23c.ipynb'],
  ['http://localhost:8888/lab?reset', 'x.ipynb', 'http://localhost:8888/lab/tree/x.ipynb?reset']
])('opens in %s the file %s', (lab, path, address) => {
  expect(notebookAddress(lab, path)).toBe(address);
});
