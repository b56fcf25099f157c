import Foundation

/// The country calling codes (ITU-T E.164) with the zones of the country, North America apart.
enum CountryTimeZones {
    /// Several zones: all in which people live. `76` and `77` are Kazakhstan's part of `7`.
    static let table = [africa, europe, asia, americas, oceania].map(TimeZoneTable.read)
        .reduce(into: [:]) { $0.merge($1) { $1 } }

    private static let africa = """
        Africa/Cairo: 20
        Africa/Casablanca: 212
        Africa/Algiers: 213
        Africa/Tunis: 216
        Africa/Tripoli: 218
        Africa/Abidjan: 220 221 222 223 224 225 226 228 231 232 233 245
        Africa/Lagos: 227 229 234 235 236 237 240 241 242 244
        Africa/Sao_Tome: 239
        Africa/Lagos, Africa/Maputo: 243
        Africa/Juba: 211
        Africa/Khartoum: 249
        Africa/Maputo: 250 257 258 260 263 265 267
        Africa/Nairobi: 251 252 253 254 255 256 261 269 291
        Africa/Johannesburg: 27 266 268
        Africa/Windhoek: 264
        Atlantic/Cape_Verde: 238
        Atlantic/St_Helena: 247 290
        Indian/Mauritius: 230
        Indian/Mahe: 248
        Indian/Chagos: 246
        Indian/Reunion, Indian/Mayotte: 262
        """

    private static let europe = """
        Europe/London: 44
        Europe/Dublin: 353
        Europe/Lisbon, Atlantic/Madeira, Atlantic/Azores: 351
        Europe/Madrid, Atlantic/Canary: 34
        Europe/Paris: 33 377
        Europe/Brussels: 32
        Europe/Luxembourg: 352
        Europe/Amsterdam: 31
        Europe/Berlin: 49
        Europe/Zurich: 41 423
        Europe/Vienna: 43
        Europe/Rome: 39 378 379
        Europe/Malta: 356
        Europe/Andorra: 376
        Europe/Gibraltar: 350
        Europe/Copenhagen: 45
        Europe/Oslo: 47
        Europe/Stockholm: 46
        Europe/Helsinki: 358
        Europe/Tallinn: 372
        Europe/Riga: 371
        Europe/Vilnius: 370
        Europe/Warsaw: 48
        Europe/Prague: 420 421
        Europe/Budapest: 36
        Europe/Belgrade: 381 382 383 385 386 387 389
        Europe/Tirane: 355
        Europe/Athens: 30
        Europe/Sofia: 359
        Europe/Bucharest: 40
        Europe/Chisinau: 373
        Europe/Kiev: 380
        Europe/Minsk: 375
        Asia/Nicosia: 357
        Europe/Istanbul: 90
        Atlantic/Reykjavik: 354
        Atlantic/Faroe: 298
        Europe/Kaliningrad, Europe/Moscow, Europe/Samara, Asia/Yekaterinburg, Asia/Omsk, Asia/Krasnoyarsk, \
        Asia/Irkutsk, Asia/Yakutsk, Asia/Vladivostok, Asia/Magadan, Asia/Kamchatka: 7
        """

    private static let asia = """
        Asia/Almaty, Asia/Aqtau: 76 77
        Asia/Yerevan: 374
        Asia/Baku: 994
        Asia/Tbilisi: 995
        Asia/Beirut: 961
        Asia/Amman: 962
        Asia/Damascus: 963
        Asia/Baghdad: 964
        Asia/Riyadh: 965 966 967
        Asia/Dubai: 968 971
        Asia/Qatar: 973 974
        Asia/Gaza: 970
        Asia/Jerusalem: 972
        Asia/Tehran: 98
        Asia/Kabul: 93
        Asia/Karachi: 92
        Asia/Kolkata: 91
        Asia/Colombo: 94
        Asia/Kathmandu: 977
        Asia/Thimphu: 975
        Asia/Dhaka: 880
        Indian/Maldives: 960
        Asia/Dushanbe: 992
        Asia/Ashgabat: 993
        Asia/Bishkek: 996
        Asia/Tashkent: 998
        Asia/Yangon: 95
        Asia/Bangkok: 66 855 856
        Asia/Ho_Chi_Minh: 84
        Asia/Kuala_Lumpur: 60
        Asia/Singapore: 65
        Asia/Brunei: 673
        Asia/Dili: 670
        Asia/Jakarta, Asia/Makassar, Asia/Jayapura: 62
        Asia/Manila: 63
        Asia/Shanghai: 86
        Asia/Hong_Kong: 852
        Asia/Macau: 853
        Asia/Taipei: 886
        Asia/Tokyo: 81
        Asia/Seoul: 82
        Asia/Pyongyang: 850
        Asia/Ulaanbaatar, Asia/Hovd: 976
        """

    private static let americas = """
        America/Nuuk, America/Scoresbysund, America/Danmarkshavn, America/Thule: 299
        America/Miquelon: 508
        America/Cancun, America/Mexico_City, America/Matamoros, America/Ojinaga, America/Hermosillo, \
        America/Mazatlan, America/Tijuana: 52
        America/Belize: 501
        America/Guatemala: 502
        America/El_Salvador: 503
        America/Tegucigalpa: 504
        America/Managua: 505
        America/Costa_Rica: 506
        America/Panama: 507
        America/Port-au-Prince: 509
        America/Havana: 53
        America/Puerto_Rico: 297 590 596 599
        America/Bogota: 57
        America/Caracas: 58
        America/Guyana: 592
        America/Paramaribo: 597
        America/Cayenne: 594
        America/Guayaquil, Pacific/Galapagos: 593
        America/Lima: 51
        America/La_Paz: 591
        America/Asuncion: 595
        America/Montevideo: 598
        America/Argentina/Buenos_Aires: 54
        America/Santiago, America/Punta_Arenas, Pacific/Easter: 56
        America/Noronha, America/Sao_Paulo, America/Manaus, America/Rio_Branco: 55
        Atlantic/Stanley: 500
        """

    private static let oceania = """
        Australia/Sydney, Australia/Brisbane, Australia/Adelaide, Australia/Darwin, Australia/Perth: 61
        Pacific/Auckland, Pacific/Chatham: 64
        Pacific/Norfolk: 672
        Pacific/Nauru: 674
        Pacific/Port_Moresby, Pacific/Bougainville: 675
        Pacific/Tongatapu: 676
        Pacific/Guadalcanal: 677
        Pacific/Efate: 678
        Pacific/Fiji: 679
        Pacific/Palau: 680
        Pacific/Wallis: 681
        Pacific/Rarotonga: 682
        Pacific/Niue: 683
        Pacific/Apia: 685
        Pacific/Tarawa, Pacific/Enderbury, Pacific/Kiritimati: 686
        Pacific/Noumea: 687
        Pacific/Funafuti: 688
        Pacific/Tahiti, Pacific/Marquesas, Pacific/Gambier: 689
        Pacific/Fakaofo: 690
        Pacific/Truk, Pacific/Kosrae: 691
        Pacific/Majuro: 692
        """
}
