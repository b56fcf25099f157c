import CZlib

/// The version of the zlib that is linked, such as "1.2.13" (permessage-deflate, RFC 7692, will run on it).
package enum ZlibVersion {
    package static var linked: String { String(cString: zlibVersion()) }
}
