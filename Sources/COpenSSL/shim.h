#pragma once
// SHA1_Init and its fellows are direct: the one-shot call would load the provider machinery for 20 bytes.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Macros that Swift cannot see.
static inline long ct_SSL_set_tlsext_host_name(SSL *ssl, const char *name) {
    return SSL_set_tlsext_host_name(ssl, name);
}
static inline long ct_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
    return SSL_CTX_set_min_proto_version(context, version);
}
static inline long ct_SSL_set_mode(SSL *ssl, long mode) { return SSL_set_mode(ssl, mode); }
static inline long ct_BIO_get_mem_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }
static const uint64_t ct_SSL_OP_NO_RENEGOTIATION = SSL_OP_NO_RENEGOTIATION;
static inline EVP_PKEY *ct_EVP_EC_gen_P256(void) { return EVP_EC_gen("P-256"); }
static inline long ct_SSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_session_cache_mode(context, mode);
}
