/** Words of the JupyterLab extension. */
export const lab = {
  'outbox.others': {
    one: '{count} event of another person waits here; it is sent when that person signs in.',
    other: '{count} events of another person wait here; they are sent when that person signs in.'
  },
  'outbox.waiting': { one: '{count} waiting', other: '{count} waiting' },
  'outbox.refused': { one: '{count} refused', other: '{count} refused' },
  'list.comma': ', ',
  'lab.recording': 'Recording',
  'lab.off': 'Not recording',
  'lab.unreachable': 'Audit server unreachable',
  'lab.refused': 'Refused by the audit server',
  'lab.expired': 'Sign-in expired',
  'lab.full': 'Not recording: the outbox is full',
  'lab.storage': 'Browser storage unavailable',
  'lab.fault': 'Recording is impaired',
  'lab.connecting': 'Connecting to the audit server',
  'lab.item.label': 'Celltrail: {state}. Press for an explanation.',
  'explain.title': 'Celltrail: the audit trail',
  'explain.recording': 'Every cell you run is recorded and stored on the audit server.',
  'explain.off':
    'Recording is turned off in the settings. What you run now is not on record, and that it was turned off is.',
  'explain.unreachable':
    'The audit server does not answer. Your cells are recorded: they are kept in this browser and sent as soon as it answers.',
  'explain.refused':
    'The audit server answers, but it does not accept this page. Your cells are recorded: they are kept in this browser until it does. Tell your administrator.',
  'explain.expired':
    'The audit server no longer knows who you are: your sign-in has expired, or somebody else has signed in. Your cells are recorded and wait in this browser; nobody else can send them. Sign in again, then press Try now.',
  'explain.full':
    'This browser keeps as many events as it may, and none can be sent. What you run now is not recorded; how many runs are missing will be on record as soon as events can be sent. Tell your administrator why the audit server cannot be reached. The limits are in the settings.',
  'explain.storage':
    'This browser does not let Celltrail store anything: its storage is full or denied. Events are kept in memory and sent at once, but a closed tab loses what was not sent. Free some space or allow storage for this site.',
  'explain.fault':
    'Celltrail cannot see every kernel in this page, so part of what runs may not be on record. Reload the page; if it stays, tell your administrator.',
  'explain.connecting': 'Celltrail is asking the audit server who is signed in.',
  'explain.capture': 'Recording',
  'explain.capture.on': 'On',
  'explain.capture.off': 'Off',
  'explain.capture.fault': 'On, but impaired: {reason}',
  'explain.server': 'Audit server',
  'explain.reach': 'Connection',
  'explain.reach.unknown': 'Not known yet',
  'explain.reach.reachable': 'Answers',
  'explain.reach.unreachable': 'Does not answer',
  'explain.reach.refused': 'Refuses this page',
  'explain.reach.expired': 'Asks who is signed in',
  'explain.reach.storage': 'Nothing can be stored in this browser',
  'explain.username': 'Signed in as',
  'explain.username.unknown': 'Not known yet',
  'explain.waiting': 'Waiting to be sent',
  'explain.refused.count': 'Refused',
  'explain.events': { one: '{count} event', other: '{count} events' },
  'explain.refused.kept': {
    one: '{count} event, kept in this browser',
    other: '{count} events, kept in this browser'
  },
  'explain.lastStored': 'Last stored',
  'explain.lastStored.never': 'Nothing yet in this browser',
  'explain.nextTry': 'Next try',
  'explain.nextTry.none': 'None needed',
  'explain.problem': 'Details',
  'explain.problem.timeout': 'No answer came in time.',
  'explain.problem.not-our-server':
    'What answers there is not the audit server: a sign-in page of the network, a proxy, or another program.',
  'explain.problem.unreadable-answer':
    'The server answered in a way that this version of Celltrail cannot read. It asks again.',
  'explain.problem.too-large-on-the-way':
    'Something between this browser and the audit server takes no request of that size. What is smaller goes through; the rest is tried again.',
  'explain.refusals': 'Refused events, kept in this browser',
  'explain.refusals.copy': 'Copy as JSON',
  'explain.refusals.copied': 'Copied',
  'explain.retry': 'Try now',
  'explain.retrying': 'Trying…',
  'explain.health': 'Open the health screen',
  'explain.close': 'Close',
  'banner.label': 'Notice about recording',
  'banner.dismiss': 'Dismiss',
  'banner.line.system': '🔒 Shaparak data analysis system',
  'banner.line.user': '👤 User: {user}',
  'banner.line.database': '📊 Database access: db.get_customers(), db.get_transactions(), db.query(sql)',
  'banner.line.recorded': '⚠️  All actions are recorded',
  'banner.line.forbidden': '❌ Installing packages and downloading files is not allowed',
  'banner.active': '✅ The audit log is active - all code is recorded',
  'banner.connecting': '⏳ Connecting to the audit server…',
  'banner.off': '⏸️ Recording is off - your code is not being recorded',
  'banner.unreachable': '⚠️ The audit server cannot be reached - your code is kept in this browser and sent later',
  'banner.refused': '⚠️ The audit server refuses this page - your code is kept in this browser until it accepts it',
  'banner.expired': '⚠️ Your sign-in has expired - your code is kept in this browser until you sign in again',
  'banner.full': '⚠️ This browser keeps as much as it may - what you run now is not recorded',
  'banner.storage': '⚠️ This browser cannot store anything - what is not sent is lost when the tab closes',
  'banner.fault': '⚠️ Recording is impaired - part of your code may not be on record',
  'banner.user.unknown': 'not known yet',
  'portal.open': 'Open the audit portal',
  'portal.open.caption': 'Your recorded executions, in the portal of the audit server',
  'capture.fault.no-connect-to':
    'This version of JupyterLab opens kernel connections in a way that Celltrail does not know.',
  'capture.fault.bypassed':
    'A kernel was connected in a way that Celltrail does not watch; another extension may have changed it.'
} as const;
