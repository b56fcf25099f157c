// The service: a WebSocket server with a login (shared/spec/clawdtalk.md).
#pragma once
#include "loop.h"

// When the last client logged in; 0 while there is none.
extern int64_t logged_in_at;

// Returns the port.
int service_listen(SSL_CTX *tls);
// Asks the client; its result counts for this number.
void service_ask(long number);
