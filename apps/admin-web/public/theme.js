// Runs before the first paint, so that a chosen theme does not flash in the other one. See src/theme/theme.ts.
(function () {
  try {
    var theme = localStorage.getItem('rollcall.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch (error) {
    console.warn('The theme is not remembered: this browser keeps nothing for this page.', error);
  }
})();
