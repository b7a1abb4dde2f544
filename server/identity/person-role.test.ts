import { roleOfPerson } from './person-role.js';

const settings = { auth: 'token' as const, user: 'sara', admins: ['mina'], auditors: ['reza'] };

it('is what the configuration says of a person without a token, or whose token says nothing', () => {
  expect(['mina', 'reza', 'sara'].map(name => roleOfPerson(settings, name, []))).toEqual([
    'admin',
    'auditor',
    'analyst'
  ]);
  expect(roleOfPerson(settings, 'reza', [null])).toBe('auditor');
});

it('is the most that one of their tokens may do', () => {
  expect(roleOfPerson(settings, 'sara', ['analyst', 'admin', null])).toBe('admin');
  expect(roleOfPerson(settings, 'mina', ['analyst'])).toBe('analyst');
});

it('is admin for whoever is on the machine of the loopback mode', () => {
  expect(roleOfPerson({ ...settings, auth: 'loopback' }, 'sara', [])).toBe('admin');
});
