/** The product's own terms: statuses, kinds, things. */
export const terms = {
  'product.name': 'Celltrail',
  'status.running': 'Running',
  'status.success': 'Success',
  'status.error': 'Error',
  'status.interrupted': 'Interrupted',
  'status.aborted': 'Aborted',
  'status.kernel_died': 'Kernel died',
  'status.kernel_restarted': 'Kernel restarted',
  'status.unknown': 'Unknown',
  'client.notebook': 'Notebook',
  'client.console': 'Console',
  'client.editor': 'Editor',
  'client.foreign': 'Another client',
  'client.background': 'Background',
  'client.agent': 'Agent',
  'portal.not_built': 'The portal is not built yet',
  'check.server.title': 'Server',
  'check.server.ok': 'It answers; version {version}.',
  'check.server.wrong': 'Nothing answers at {url}.',
  'check.server.unknown': 'It was not asked.',
  'check.database.title': 'Database',
  'check.database.ok': 'Postgres {version} answers; the database is {database}.',
  'check.database.wrong': 'The server does not reach its database: {reason}.',
  'check.database.unknown': 'It was not asked.',
  'check.schema.title': 'Tables',
  'check.schema.ok': 'They are as this version needs them.',
  'check.schema.wrong': {
    one: '{count} migration stands between the database and this version.',
    other: '{count} migrations stand between the database and this version.'
  },
  'check.schema.unknown': 'Not known while the database does not answer.',
  'check.roles.title': 'Rights in the database',
  'check.roles.ok': 'The server can add and complete, readers can read, nobody can rewrite.',
  'check.roles.wrong': 'They are not as they should be: {faults}.',
  'check.roles.unknown': 'Not known while the database does not answer.',
  'check.partitions.title': 'Room for new records',
  'check.partitions.ok': 'There is a partition for this month and the next.',
  'check.partitions.wrong': 'There is no partition for {months}; its records land in the default one.',
  'check.partitions.unknown': 'Not known while the database does not answer.',
  'check.search.title': 'Search in the record',
  'check.search.ok': 'Words are looked up in an index, in every alphabet.',
  'check.search.wrong': 'Rare words take long to find in this database ({reason}); nothing is missed.',
  'check.search.unknown': 'Not known while the database does not answer.',
  'check.identity.title': 'Your identity',
  'check.identity.ok': 'You are {username} with the role {role}; AUDIT_AUTH is {auth}.',
  'check.identity.wrong': 'The server does not know who you are.',
  'check.identity.unknown': 'Nobody was asked to sign in.',
  'check.extension.title': 'Extension in JupyterLab',
  'check.extension.ok': {
    one: '{count} page records; version {version}.',
    other: '{count} pages record; version {version}.'
  },
  'check.extension.wrong': {
    one: '{count} open page does not record; version {version}.',
    other: '{count} open pages do not record; version {version}.'
  },
  'check.extension.unknown': 'No page of JupyterLab reports at the moment.',
  'check.capture.title': 'What pages can see',
  'check.capture.ok': {
    one: '{count} recording page sees every kernel connection.',
    other: '{count} recording pages see every kernel connection.'
  },
  'check.capture.wrong': {
    one: 'Capture is faulty on {count} page: {reasons}.',
    other: 'Capture is faulty on {count} pages: {reasons}.'
  },
  'check.capture.unknown': 'No page of JupyterLab records at the moment.',
  'check.outbox.title': 'Unsent events',
  'check.outbox.ok': 'Nothing waits in a browser.',
  'check.outbox.wrong':
    'Events wait or were refused in {browsers} browser(s) of {people}: {waiting} wait, {refused} were refused.',
  'check.outbox.unknown': 'No page of JupyterLab has reported yet.',
  'check.keeping.title': 'What browsers keep',
  'check.keeping.ok': {
    one: '{count} page keeps on disk what is not sent yet.',
    other: '{count} pages keep on disk what is not sent yet.'
  },
  'check.keeping.wrong': {
    one: '{count} page of {people} does not keep what is not sent yet: its browser denies storage or is full.',
    other: '{count} pages of {people} do not keep what is not sent yet: their browsers deny storage or are full.'
  },
  'check.keeping.unknown': 'No page of JupyterLab reports at the moment.',
  'check.sequence.title': 'Events that never came',
  'check.sequence.ok': 'Every event that a page numbered has arrived.',
  'check.sequence.wrong': {
    one: '{missing} events of {count} page were numbered and did not arrive.',
    other: '{missing} events of {count} pages were numbered and did not arrive.'
  },
  'check.sequence.unknown': 'Not known while the database does not answer.',
  'check.last_event.title': 'Last event stored',
  'check.last_event.ok': 'At {at}.',
  'check.last_event.wrong': 'It can not be read.',
  'check.last_event.unknown': 'None is known yet.',
  'fix.start_server': 'Start it: celltrail serve.',
  'fix.reach_database':
    'Start Postgres and check AUDIT_DB_CONNECTION (address, name, password); the server connects by itself as soon as it can.',
  'fix.allow_storage':
    "Allow storage for JupyterLab's address in that browser, or make room on its disk; a private window loses what waits when it is closed.",
  'fix.empty_outbox':
    "Find out why that browser can't send (its status bar says it); its limits are in the settings of JupyterLab.",
  'fix.migrate': 'Run celltrail migrate with a login that owns the database.',
  'fix.update_server': 'The database was made by a newer Celltrail: start that version of the server.',
  'fix.restore_rights':
    'Somebody changed them by hand: take back what was granted; the migrations say what belongs to whom.',
  'fix.add_trigrams':
    'Let an administrator of the database run: CREATE EXTENSION pg_trgm; then, as the owner of the tables: CREATE INDEX search_texts_trigrams ON search_texts USING gin (text gin_trgm_ops);',
  'fix.use_utf8_ctype':
    "Its locale knows English letters only. Make a database with another one (CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE 'C.UTF-8'), bring the record over with pg_dump and psql, and point AUDIT_DB_CONNECTION at it.",
  'fix.make_partitions': 'Run celltrail migrate, or restart the server: it makes them at its start and every day.',
  'fix.open_lab':
    'Open JupyterLab. If nothing changes, run jupyter labextension list: jupyterlab-celltrail must be there, enabled.',
  'fix.turn_capture_on': "Turn recording on: JupyterLab's Settings, Celltrail.",
  'fix.mend_capture':
    "Click Celltrail in that JupyterLab's status bar: it says what is wrong. After no-connect-to or bypassed, JupyterLab or another extension connects kernels in a way this Celltrail does not know: update Celltrail, or go back to the versions that worked.",
  'fix.send_waiting':
    'Leave JupyterLab open in that browser: it sends what waits. Its status bar says what is in the way.',
  'fix.bring_missing':
    'The health screen and SELECT * FROM page_holes name the pages. Open JupyterLab in that browser: what still lies there is sent. What never comes was lost or taken away.',
  'fix.see_refused': "Click Celltrail in JupyterLab's status bar: it says what was refused and why.",
  'fix.show_token':
    'Sign in to the portal; for commands and the image set AUDIT_TOKEN to a token of celltrail token create.',
  'fix.build_portal': 'Build it, then load this page again:'
} as const;
