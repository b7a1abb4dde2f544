/** The product's own terms: statuses, kinds, things. */
export const terms = {
  'product.name': 'Celltrail',
  'status.running': 'در حال اجرا',
  'status.success': 'موفق',
  'status.error': 'خطا',
  'status.interrupted': 'متوقف‌شده',
  'status.aborted': 'لغوشده',
  'status.kernel_died': 'هسته از کار افتاد',
  'status.kernel_restarted': 'هسته بازراه‌اندازی شد',
  'status.unknown': 'نامعلوم',
  'client.notebook': 'دفترچه',
  'client.console': 'کنسول',
  'client.editor': 'ویرایشگر',
  'client.foreign': 'برنامه‌ای دیگر',
  'client.background': 'پس‌زمینه',
  'client.agent': 'عامل هوشمند'
} as const;
