// light-dark() in our sheets follows the colour scheme that Mantine keeps on <html>.
export default { plugins: { 'postcss-preset-mantine': {} } };
