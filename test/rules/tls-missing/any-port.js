// expect-none: tls-missing
require('express')().listen(0);
