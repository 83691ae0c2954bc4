export function notFound(req, res) {
  res.status(404).render('error', { title: 'Not found', message: 'There is nothing at this address.' });
}

// Express tells error handlers by their four parameters.
export function serverError(error, req, res, next) {
  if (res.headersSent) {
    next(error);
    return;
  }
  const status = error.status >= 400 && error.status < 500 ? error.status : 500;
  if (status === 500) console.error(error);
  res.status(status).render('error', {
    title: status === 500 ? 'Something went wrong' : 'Request refused',
    message: status === 500 ? 'It has been noted. Please try again later.' : 'Please go back, reload the page and try again.',
  });
}
