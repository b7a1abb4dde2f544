/** Words of the problems that the server answers. */
export const problems = {
  'problem.unreachable': 'سرور ثبت پاسخ نمی‌دهد. آیا روشن است و از این دستگاه در دسترس است؟',
  'problem.unreadable': 'چیزی جز سرور ثبت پاسخ داد؛ شاید پروکسی‌ای در میان است.',
  'problem.not-signed-in': 'سرور شما را نمی‌شناسد. دوباره وارد شوید.',
  'problem.token-refused': 'این توکن معتبر نیست. شاید باطل یا منقضی شده است.',
  'problem.too-many-failures': 'تلاش‌های ناموفق زیاد بود. یک دقیقه صبر کنید و دوباره بکوشید.',
  'problem.not-found': 'چنین چیزی ثبت نشده است یا اجازهٔ خواندنش را ندارید.',
  'problem.field-invalid': 'نشانی چیزی می‌گوید که نمی‌توان پرسید.',
  'problem.cursor-invalid': 'فهرست تغییر کرده است. دوباره بارگذاری کنید.',
  'problem.search-invalid': 'جست‌وجو فهمیده نشد.',
  'problem.admin-only': 'تنها مدیران می‌توانند این را ببینند.',
  'problem.host-refused': 'سرور با این نام میزبان پاسخ نمی‌دهد. پرتال را با نشانی‌ای که سرور چاپ کرد باز کنید.',
  'problem.origin-refused': 'این نشانی اجازهٔ استفاده از سرور را ندارد. آن را به AUDIT_ALLOWED_ORIGINS بیفزایید.',
  'problem.database-unreachable': 'سرور ثبت روشن است، اما پایگاه داده‌اش پاسخ نمی‌دهد.',
  'problem.database-read-only':
    'پایگاه داده نوشتن نمی‌پذیرد، مانند یک نسخهٔ پشتیبان. رویدادها در مرورگرها منتظر می‌مانند.',
  'problem.database-full': 'دیسک پایگاه داده پر است. رویدادها تا باز شدن جا در مرورگرها می‌مانند.',
  'problem.database-busy':
    'پایگاه داده بیش از اندازه مشغول است: چیزی قفل‌ها یا اتصال‌هایش را نگه داشته است. دوباره تلاش می‌شود.',
  'problem.overloaded': 'رویدادهای زیادی در صف ثبت‌اند. دوباره تلاش می‌شود.',
  'problem.stopping': 'سرور ثبت در حال خاموش شدن است.',
  'problem.internal': 'ایرادی در سرور ثبت رخ داده است.'
} as const;
