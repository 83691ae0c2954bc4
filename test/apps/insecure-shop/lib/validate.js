const EMAIL = /^([a-zA-Z0-9_.-]+)+@(([a-zA-Z0-9-])+\.)+([a-zA-Z0-9]{2,4})+$/;

exports.email = (text) => EMAIL.test(text);
