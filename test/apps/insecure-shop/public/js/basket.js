(function () {
  if (document.cookie.indexOf('connect.sid=') === -1) return;
  fetch('/api/basket', { credentials: 'include' })
    .then(function (response) { return response.json(); })
    .then(function (data) {
      document.getElementById('basket-count').textContent = data.basket.length ? '(' + data.basket.length + ')' : '';
    });
})();
