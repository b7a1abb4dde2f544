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
  'client.agent': 'عامل هوشمند',
  'portal.not_built': 'پرتال هنوز ساخته نشده است',
  'check.server.title': 'سرور',
  'check.server.ok': 'پاسخ می‌دهد؛ نسخهٔ {version}.',
  'check.server.wrong': 'در نشانی {url} چیزی پاسخ نمی‌دهد.',
  'check.server.unknown': 'بررسی نشد.',
  'check.database.title': 'پایگاه داده',
  'check.database.ok': 'Postgres نسخهٔ {version} پاسخ می‌دهد؛ نام پایگاه داده {database} است.',
  'check.database.wrong': 'سرور به پایگاه داده دسترسی ندارد: {reason}.',
  'check.database.unknown': 'بررسی نشد.',
  'check.schema.title': 'جدول‌ها',
  'check.schema.ok': 'همان‌گونه‌اند که این نسخه نیاز دارد.',
  'check.schema.wrong': {
    one: 'میان پایگاه داده و این نسخه {count} مرحلهٔ به‌روزرسانی فاصله است.',
    other: 'میان پایگاه داده و این نسخه {count} مرحلهٔ به‌روزرسانی فاصله است.'
  },
  'check.schema.unknown': 'تا وقتی پایگاه داده پاسخ ندهد معلوم نیست.',
  'check.roles.title': 'مجوزهای پایگاه داده',
  'check.roles.ok':
    'سرور فقط می‌افزاید و تکمیل می‌کند، خوانندگان فقط می‌خوانند و هیچ‌کس نمی‌تواند سابقه‌ای را بازنویسی کند.',
  'check.roles.wrong': 'آن‌گونه که باید باشند نیستند: {faults}.',
  'check.roles.unknown': 'تا وقتی پایگاه داده پاسخ ندهد معلوم نیست.',
  'check.partitions.title': 'جای سوابق تازه',
  'check.partitions.ok': 'برای این ماه و ماه بعد پارتیشن وجود دارد.',
  'check.partitions.wrong': 'برای {months} پارتیشنی نیست و سوابق آن در پارتیشن پیش‌فرض ثبت می‌شود.',
  'check.partitions.unknown': 'تا وقتی پایگاه داده پاسخ ندهد معلوم نیست.',
  'check.search.title': 'جست‌وجو در سوابق',
  'check.search.ok': 'واژه‌ها، به هر الفبایی، از روی نمایه پیدا می‌شوند.',
  'check.search.wrong': 'یافتن واژه‌های کمیاب در این پایگاه داده طول می‌کشد ({reason})؛ چیزی از قلم نمی‌افتد.',
  'check.search.unknown': 'تا وقتی پایگاه داده پاسخ ندهد معلوم نیست.',
  'check.identity.title': 'هویت شما',
  'check.identity.ok': 'شما {username} با نقش {role} هستید؛ مقدار AUDIT_AUTH برابر {auth} است.',
  'check.identity.wrong': 'سرور شما را نمی‌شناسد.',
  'check.identity.unknown': 'هنوز کسی شناسایی نشده است.',
  'check.extension.title': 'افزونه در JupyterLab',
  'check.extension.ok': {
    one: '{count} صفحه در حال ثبت است؛ نسخهٔ {version}.',
    other: '{count} صفحه در حال ثبت‌اند؛ نسخهٔ {version}.'
  },
  'check.extension.wrong': {
    one: '{count} صفحهٔ باز ثبت نمی‌کند؛ نسخهٔ {version}.',
    other: '{count} صفحهٔ باز ثبت نمی‌کنند؛ نسخهٔ {version}.'
  },
  'check.extension.unknown': 'اکنون هیچ صفحه‌ای از JupyterLab گزارش نمی‌دهد.',
  'check.capture.title': 'دید صفحه‌ها',
  'check.capture.ok': {
    one: '{count} صفحهٔ در حال ثبت همهٔ اتصال‌های هسته را می‌بیند.',
    other: '{count} صفحهٔ در حال ثبت همهٔ اتصال‌های هسته را می‌بینند.'
  },
  'check.capture.wrong': {
    one: 'ثبت در {count} صفحه ایراد دارد: {reasons}.',
    other: 'ثبت در {count} صفحه ایراد دارد: {reasons}.'
  },
  'check.capture.unknown': 'اکنون هیچ صفحه‌ای از JupyterLab در حال ثبت نیست.',
  'check.outbox.title': 'رویدادهای ارسال‌نشده',
  'check.outbox.ok': 'هیچ رویدادی در مرورگر منتظر ارسال نیست.',
  'check.outbox.wrong':
    'در {browsers} مرورگر از {people}: {waiting} رویداد منتظر ارسال است و {refused} رویداد پذیرفته نشده است.',
  'check.outbox.unknown': 'هنوز هیچ صفحه‌ای از JupyterLab گزارش نداده است.',
  'check.keeping.title': 'نگه‌داری در مرورگرها',
  'check.keeping.ok': {
    one: '{count} صفحه رویدادهای ارسال‌نشده را روی دیسک نگه می‌دارد.',
    other: '{count} صفحه رویدادهای ارسال‌نشده را روی دیسک نگه می‌دارند.'
  },
  'check.keeping.wrong': {
    one: '{count} صفحه از {people} رویدادهای ارسال‌نشده را نگه نمی‌دارد: مرورگر اجازهٔ ذخیره نمی‌دهد یا ظرفیت آن پر است.',
    other:
      '{count} صفحه از {people} رویدادهای ارسال‌نشده را نگه نمی‌دارند: مرورگرها اجازهٔ ذخیره نمی‌دهند یا ظرفیت آن‌ها پر است.'
  },
  'check.keeping.unknown': 'اکنون هیچ صفحه‌ای از JupyterLab گزارش نمی‌دهد.',
  'check.sequence.title': 'رویدادهایی که نرسیدند',
  'check.sequence.ok': 'هر رویدادی که صفحه‌ها شماره زده‌اند رسیده است.',
  'check.sequence.wrong': {
    one: '{missing} رویداد از {count} صفحه شماره خورده و نرسیده است.',
    other: '{missing} رویداد از {count} صفحه شماره خورده و نرسیده است.'
  },
  'check.sequence.unknown': 'تا وقتی پایگاه داده پاسخ ندهد معلوم نیست.',
  'check.last_event.title': 'آخرین رویداد ثبت‌شده',
  'check.last_event.ok': 'در {at}.',
  'check.last_event.wrong': 'خواندن آن ممکن نیست.',
  'check.last_event.unknown': 'هنوز رویدادی ثبت نشده است.',
  'fix.start_server': 'آن را راه‌اندازی کنید: celltrail serve.',
  'fix.reach_database':
    'Postgres را راه‌اندازی کنید و AUDIT_DB_CONNECTION (نشانی، نام و گذرواژه) را بررسی کنید؛ سرور به‌محض امکان خودش وصل می‌شود.',
  'fix.allow_storage':
    'در آن مرورگر ذخیره‌سازی را برای نشانی JupyterLab مجاز کنید یا روی دیسک جا باز کنید؛ پنجرهٔ ناشناس با بسته‌شدن هر چه فرستاده نشده باشد از دست می‌دهد.',
  'fix.empty_outbox':
    'ببینید چرا آن مرورگر نمی‌تواند بفرستد (نوار وضعیت آن می‌گوید)؛ حدهای آن در تنظیمات JupyterLab است.',
  'fix.migrate': 'دستور celltrail migrate را با کاربری که مالک پایگاه داده است اجرا کنید.',
  'fix.update_server': 'پایگاه داده با نسخهٔ تازه‌تری از Celltrail ساخته شده است: همان نسخهٔ سرور را راه‌اندازی کنید.',
  'fix.restore_rights':
    'کسی آن‌ها را دستی تغییر داده است: مجوزهای اضافه را پس بگیرید؛ فایل‌های migrations می‌گویند هر مجوز از آنِ کیست.',
  'fix.add_trigrams':
    'مدیر پایگاه داده این را اجرا کند: CREATE EXTENSION pg_trgm; و سپس صاحب جدول‌ها: CREATE INDEX search_texts_trigrams ON search_texts USING gin (text gin_trgm_ops);',
  'fix.use_utf8_ctype':
    "زبان (locale) این پایگاه داده فقط حروف انگلیسی را می‌شناسد. پایگاه دیگری بسازید (CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE 'C.UTF-8')، سوابق را با pg_dump و psql به آن ببرید و AUDIT_DB_CONNECTION را به آن بدهید.",
  'fix.make_partitions':
    'دستور celltrail migrate را اجرا کنید یا سرور را دوباره راه‌اندازی کنید: سرور آن‌ها را هنگام شروع و هر روز می‌سازد.',
  'fix.open_lab':
    'JupyterLab را باز کنید. اگر تغییری ندیدید دستور jupyter labextension list را اجرا کنید: jupyterlab-celltrail باید در فهرست و فعال باشد.',
  'fix.turn_capture_on': 'ثبت را روشن کنید: تنظیمات JupyterLab، بخش Celltrail.',
  'fix.mend_capture':
    'روی Celltrail در نوار وضعیت همان JupyterLab کلیک کنید: آنجا نوشته شده ایراد چیست. no-connect-to یا bypassed یعنی JupyterLab یا افزونه‌ای دیگر به روشی به هسته‌ها وصل می‌شود که این نسخهٔ Celltrail نمی‌شناسد: Celltrail را به‌روز کنید یا به نسخه‌هایی برگردید که با هم کار می‌کردند.',
  'fix.send_waiting':
    'JupyterLab را در همان مرورگر باز نگه دارید تا آنچه منتظر است ارسال شود. نوار وضعیت آن می‌گوید چه چیزی مانع است.',
  'fix.bring_missing':
    'صفحه‌ها در همین نمای سلامت و با SELECT * FROM page_holes دیده می‌شوند. JupyterLab را در همان مرورگر باز کنید تا آنچه هنوز آنجاست ارسال شود. آنچه هرگز نرسد از دست رفته یا برداشته شده است.',
  'fix.see_refused': 'روی Celltrail در نوار وضعیت JupyterLab کلیک کنید: آنجا نوشته شده چه چیزی و چرا پذیرفته نشده است.',
  'fix.show_token':
    'به درگاه وارد شوید؛ برای فرمان‌ها و ایمیج، AUDIT_TOKEN را برابر توکنی بگذارید که celltrail token create داده است.',
  'fix.build_portal': 'آن را بسازید و سپس این صفحه را دوباره بارگذاری کنید:'
} as const;
