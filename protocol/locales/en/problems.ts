/** Words of the problems that the server answers. */
export const problems = {
  'problem.unreachable': 'The audit server does not answer. Is it running, and can this machine reach it?',
  'problem.unreadable': 'Something other than the audit server answered, perhaps a proxy in between.',
  'problem.not-signed-in': 'The server does not know who you are. Sign in again.',
  'problem.token-refused': 'That token is not valid. It may have been revoked, or have expired.',
  'problem.too-many-failures': 'Too many failed attempts. Wait a minute, then try again.',
  'problem.not-found': 'There is no such thing on record, or you may not read it.',
  'problem.field-invalid': 'The address says something that can not be asked.',
  'problem.cursor-invalid': 'The list has changed. Load it again.',
  'problem.search-invalid': 'The search can not be understood.',
  'problem.too-many-exports': 'Too many exports are being made. Wait for one to end, then try again.',
  'problem.admin-only': 'Only admins may see this.',
  'problem.host-refused': 'This host name is not served. Open the portal at the address that the server printed.',
  'problem.origin-refused': 'This address may not use the server. Add it to AUDIT_ALLOWED_ORIGINS.',
  'problem.database-unreachable': 'The audit server runs, but its database does not answer.',
  'problem.database-read-only': 'The database takes no writes, as a standby does. Events wait in the browsers.',
  'problem.database-full': "The database's disk is full. Events wait in the browsers until there is room.",
  'problem.database-busy':
    'The database is too busy: something holds its locks or its connections. It will be tried again.',
  'problem.overloaded': 'Too much waits to be stored. It will try again.',
  'problem.stopping': 'The audit server is stopping.',
  'problem.internal': 'Something is wrong in the audit server.'
} as const;
