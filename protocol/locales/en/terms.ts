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
  'client.agent': 'Agent'
} as const;
