//! The language of a text, with sentences written for it. Each text stands in one line, a sentence a line, and among lines of
//! another language.

const SENTENCES: &[(&str, [&str; 2])] = &[
    (
        "af",
        [
            "Die nuwe brug oor die rivier is gister geopen, maar die mense van die dorp wil nog nie daaroor ry nie.",
            "Hulle het gesê dat die pad te nou is en dat daar eers ligte moet kom.",
        ],
    ),
    (
        "am",
        [
            "የከተማው ምክር ቤት አዲሱ ድልድይ በሚቀጥለው ዓመት እንደሚከፈት ትናንት አስታውቋል። ነገር ግን ሰዎች አሁንም መንገዱ ጠባብ ነው ይላሉ።",
            "ከንቲባው በበኩላቸው ሥራው በጣም ከባድ ነበር ብለዋል፤ በዚህ ምክንያት ተጨማሪ ጊዜ ያስፈልጋል።",
        ],
    ),
    (
        "ar",
        [
            "قال رئيس البلدية إن الجسر الجديد سيفتح في الأسبوع المقبل بعد أن تأخر العمل فيه أكثر من عام.",
            "وأضاف أن السكان الذين يعيشون على الضفة الأخرى من النهر كانوا ينتظرون هذا اليوم منذ وقت طويل.",
        ],
    ),
    (
        "az",
        [
            "Şəhər meri bildirib ki, yeni körpü gələn həftə açılacaq və bu, çayın o biri sahilində yaşayan insanlar üçün çox vacibdir.",
            "Onun sözlərinə görə, işlər bir ildən çox davam edib, lakin indi hər şey hazırdır.",
        ],
    ),
    (
        "be",
        [
            "Новы мост праз раку адкрылі ўчора, але жыхары горада пакуль не хочуць па ім ездзіць.",
            "Яны кажуць, што дарога занадта вузкая і што спачатку трэба паставіць ліхтары, як гэта было на старым мосце.",
        ],
    ),
    (
        "bg",
        [
            "Новият мост над реката беше открит вчера, но жителите на града още не искат да минават по него.",
            "Според тях пътят е твърде тесен и първо трябва да се поставят лампи, както беше на стария мост.",
        ],
    ),
    (
        "bn",
        [
            "শহরের মেয়র জানিয়েছেন, নতুন সেতুটি আগামী সপ্তাহে খুলে দেওয়া হবে এবং এর জন্য আর কোনো টাকা লাগবে না।",
            "তিনি বলেন, নদীর ওপারের মানুষ অনেক দিন ধরে এই দিনের জন্য অপেক্ষা করছে।",
        ],
    ),
    (
        "ca",
        [
            "El nou pont sobre el riu es va obrir ahir, però els veïns de la vila encara no hi volen passar amb el cotxe.",
            "Diuen que el camí és massa estret i que primer cal posar-hi llums, com les que hi havia al pont vell.",
        ],
    ),
    (
        "cs",
        [
            "Nový most přes řeku byl včera otevřen, ale lidé z města po něm zatím jezdit nechtějí.",
            "Říkají, že silnice je příliš úzká a že se na ni nejdřív musí dát světla, která měl také starý most.",
        ],
    ),
    (
        "cy",
        [
            "Mae'r bont newydd dros yr afon wedi agor ddoe, ond nid yw pobl y dref yn barod i yrru drosti eto.",
            "Maen nhw'n dweud bod y ffordd yn rhy gul a bod angen goleuadau arni cyn y gaeaf.",
        ],
    ),
    (
        "da",
        [
            "Den nye bro over åen blev åbnet i sidste uge, men folk i byen vil endnu ikke køre over den, fordi vejen er for smal.",
            "Borgmesteren siger, at der efter hans mening også skal sættes lamper op, og at det kun bliver gjort af kommunen, hvis nogen spørger.",
        ],
    ),
    (
        "de",
        [
            "Die neue Brücke über den Fluss ist gestern eröffnet worden, doch die Leute im Ort wollen noch nicht darüber fahren.",
            "Sie sagen, dass die Straße zu schmal ist und dass es zuerst Lampen braucht, wie sie auf der alten Brücke standen.",
        ],
    ),
    (
        "el",
        [
            "Η νέα γέφυρα άνοιξε χθες, αλλά οι κάτοικοι δεν θέλουν ακόμη να περάσουν.",
            "Λένε ότι ο δρόμος είναι πολύ στενός.",
        ],
    ),
    (
        "en",
        [
            "The new bridge over the river was opened yesterday, but people in the town are not willing to drive on it yet.",
            "They say that the road is too narrow and that it needs lamps first, like those on the old bridge.",
        ],
    ),
    (
        "eo",
        [
            "La nova ponto super la rivero estis malfermita hieraŭ, sed la homoj de la urbo ankoraŭ ne volas veturi sur ĝi.",
            "Ili diras, ke la vojo estas tro mallarĝa kaj ke oni devas unue meti lampojn, kiel sur la malnova ponto.",
        ],
    ),
    (
        "es",
        [
            "El nuevo puente sobre el río se abrió ayer, pero los vecinos del pueblo todavía no quieren pasar por él.",
            "Dicen que el camino es demasiado estrecho y que antes hay que poner farolas, como las que había en el puente viejo.",
        ],
    ),
    (
        "et",
        [
            "Uus sild üle jõe avati eile, aga linna inimesed ei taha sellest veel üle sõita, sest tee on liiga kitsas.",
            "Nad ütlevad, et kõigepealt tuleb sinna panna lambid, nagu need olid ka vanal sillal.",
        ],
    ),
    (
        "eu",
        [
            "Ibaiaren gaineko zubi berria atzo ireki zuten, baina herriko jendeak ez du oraindik bertatik pasatu nahi.",
            "Bidea estuegia dela diote, eta lehenengo argiak jarri behar direla, zubi zaharrean zeuden bezala.",
        ],
    ),
    (
        "fa",
        [
            "شهردار گفت که پل جدید هفته آینده باز می‌شود و برای این کار دیگر به پول نیاز نیست.",
            "او افزود که مردم آن سوی رود از سال‌ها پیش در انتظار این روز بوده‌اند و حالا می‌توانند به شهر بیایند.",
        ],
    ),
    (
        "fi",
        [
            "Uusi silta joen yli on nyt avattu, mutta kaupungin asukkaat eivät vielä halua ajaa siitä, koska tie on heidän mukaansa liian kapea.",
            "He sanovat myös, että ensin sinne pitää saada lamput, jotka olivat vanhalla sillalla, ja että kaupunki ei ole tehnyt mitään.",
        ],
    ),
    (
        "fr",
        [
            "Le nouveau pont sur la rivière a été ouvert hier, mais les habitants du village ne veulent pas encore y passer.",
            "Ils disent que la route est trop étroite et qu'il faut d'abord y mettre des lampes, comme sur le vieux pont.",
        ],
    ),
    (
        "ga",
        [
            "Osclaíodh an droichead nua thar an abhainn inné, ach níl muintir an bhaile sásta tiomáint air go fóill.",
            "Deir siad go bhfuil an bóthar róchúng agus go gcaithfear soilse a chur air ar dtús, mar a bhí ar an seandroichead.",
        ],
    ),
    (
        "gl",
        [
            "A nova ponte sobre o río abriuse onte, pero os veciños da vila aínda non queren pasar por ela co coche.",
            "Din que o camiño é demasiado estreito e que antes hai que poñer luces, como as que había na ponte vella.",
        ],
    ),
    (
        "ha",
        [
            "An buɗe sabuwar gadar da ke kan kogin jiya, amma mutanen garin ba sa so su bi ta kanta tukuna.",
            "Sun ce hanyar ta yi ƙunci sosai kuma dole ne a fara saka fitilu a cikinta, kamar yadda yake a da.",
        ],
    ),
    (
        "he",
        [
            "הגשר החדש מעל הנהר נפתח אתמול, אבל אנשי העיר עדיין לא רוצים לנסוע עליו כי הדרך צרה מדי.",
            "הם אומרים שצריך קודם לשים שם אורות, כמו שהיו על הגשר הישן, וגם לתקן את המדרכה.",
        ],
    ),
    (
        "hi",
        [
            "शहर के मेयर ने कहा कि नया पुल अगले हफ्ते खुल जाएगा और इसके लिए अब किसी पैसे की जरूरत नहीं है।",
            "उन्होंने यह भी कहा कि नदी के उस पार के लोग बहुत दिनों से इसका इंतजार कर रहे थे।",
        ],
    ),
    (
        "hu",
        [
            "A folyó feletti új hidat tegnap nyitották meg, de a város lakói még nem akarnak átmenni rajta.",
            "Azt mondják, hogy az út túl keskeny, és hogy előbb lámpákat kell rá tenni, mint amilyenek a régi hídon voltak.",
        ],
    ),
    (
        "hy",
        [
            "Նոր կամուրջը բացվել է երեկ, բայց քաղաքի բնակիչները դեռ չեն ուզում անցնել։",
            "Նրանք ասում են, որ ճանապարհը շատ նեղ է։",
        ],
    ),
    (
        "id",
        [
            "Jembatan baru di atas sungai itu dibuka kemarin, tetapi warga kota belum bisa melewatinya karena jalannya terlalu sempit.",
            "Mereka mengatakan bahwa pihak kota harus memasang lampu saat ini, karena mobil tidak bisa lewat usai malam tiba.",
        ],
    ),
    (
        "ig",
        [
            "E mepere àkwà ọhụrụ ahụ dị n'elu mmiri ụnyaahụ, mana ndị obodo ahụ achọghị ịgafe na ya ugbu a.",
            "Ha kwuru na ụzọ ahụ dị warara nke ukwuu, na a ga-ebu ụzọ tinye ọkụ n'ebe ahụ ka ọ dị na mbụ.",
        ],
    ),
    (
        "is",
        [
            "Nýja brúin yfir ána var opnuð í gær, en fólkið í bænum vill ekki enn aka yfir hana.",
            "Það segir að vegurinn sé of mjór og að fyrst þurfi að setja þar upp ljós, eins og voru á gömlu brúnni.",
        ],
    ),
    (
        "it",
        [
            "Il nuovo ponte sul fiume è stato aperto ieri, ma gli abitanti del paese non vogliono ancora passarci sopra.",
            "Dicono che la strada è troppo stretta e che prima bisogna metterci delle luci, come quelle che c'erano sul vecchio ponte.",
        ],
    ),
    ("ja", ["新しい橋は昨日開通したが、町の人々はまだ渡ろうとしない。", "道が狭すぎると言う。"]),
    (
        "ka",
        [
            "ახალი ხიდი გუშინ გაიხსნა, მაგრამ ქალაქის მცხოვრებლებს ჯერ არ სურთ მასზე გავლა.",
            "ისინი ამბობენ, რომ გზა ძალიან ვიწროა.",
        ],
    ),
    (
        "kk",
        [
            "Өзен үстіндегі жаңа көпір кеше ашылды, бірақ қала тұрғындары онымен әлі жүргісі келмейді.",
            "Олар жол өте тар екенін және алдымен шам қою керек екенін айтты, өйткені ескі көпірде де солай болған.",
        ],
    ),
    ("km", ["ស្ពានថ្មីត្រូវបានបើកកាលពីម្សិលមិញ ប៉ុន្តែអ្នកក្រុងមិនទាន់ចង់ឆ្លងកាត់ទេ។", "ពួកគេនិយាយថាផ្លូវតូចពេក។"]),
    ("ko", ["새 다리가 어제 열렸지만 마을 사람들은 아직 건너려고 하지 않는다.", "길이 너무 좁다고 말한다."]),
    (
        "la",
        [
            "Pons novus super flumen heri apertus est, sed incolae oppidi eum nondum transire volunt, quod via nimis angusta est.",
            "Hoc enim dicunt: ante omnia lumina in ponte esse debent, ut in eo qui prius fuit et nunc non est.",
        ],
    ),
    (
        "lt",
        [
            "Naujas tiltas per upę buvo atidarytas vakar, bet miesto gyventojai dar nenori juo važiuoti, nes kelias yra per siauras.",
            "Jie sako, kad pirmiausia ten reikia pastatyti žibintus, kaip buvo ant senojo tilto.",
        ],
    ),
    (
        "lv",
        [
            "Jaunais tilts pār upi tika atklāts vakar, bet pilsētas iedzīvotāji vēl negrib pa to braukt, jo ceļš ir pārāk šaurs.",
            "Viņi saka, ka vispirms tur ir jāuzliek lampas, kā tas bija uz vecā tilta.",
        ],
    ),
    (
        "mr",
        [
            "शहराच्या महापौरांनी सांगितले की नवीन पूल पुढच्या आठवड्यात सुरू होणार आहे आणि त्यासाठी आता पैसे लागणार नाहीत.",
            "नदीच्या पलीकडचे लोक अनेक दिवसांपासून या दिवसाची वाट पाहत होते, असे ते म्हणाले.",
        ],
    ),
    (
        "mt",
        [
            "Il-pont il-ġdid fuq ix-xmara nfetaħ il-bieraħ, iżda n-nies tar-raħal għadhom ma jridux jgħaddu minn fuqu.",
            "Huma jgħidu li t-triq hija dejqa wisq u li l-ewwel għandhom jitpoġġew il-lampi, kif kien hemm fuq il-pont il-qadim.",
        ],
    ),
    ("my", ["တံတားသစ်ကို မနေ့က ဖွင့်လှစ်ခဲ့သော်လည်း မြို့သူမြို့သားများ မဖြတ်ချင်ကြသေးပါ။", "လမ်းက ကျဉ်းလွန်းသည်ဟု ပြောကြသည်။"]),
    (
        "nl",
        [
            "De nieuwe brug over de rivier is gisteren geopend, maar de mensen in het dorp willen er nog niet overheen rijden.",
            "Ze zeggen dat de weg te smal is en dat er eerst lampen moeten komen, zoals die op de oude brug stonden.",
        ],
    ),
    (
        "om",
        [
            "Riqichi haaraan laga irra jiru kaleessa banameera, garuu namoonni magaalaa sanaa irra darbuu hin barbaanne.",
            "Isaanis karaan kun baayʼee dhiphaa akka taʼe fi duraan dursee ibsaan achi kaaʼamuu akka qabu dubbatan.",
        ],
    ),
    (
        "pl",
        [
            "Nowy most przez rzekę został wczoraj otwarty, ale mieszkańcy miasta nie chcą jeszcze po nim jeździć.",
            "Mówią, że droga jest zbyt wąska i że najpierw trzeba tam postawić lampy, które były też na starym moście.",
        ],
    ),
    (
        "ps",
        [
            "ښاروال وويل چې نوی پل به په راتلونکې اونۍ کې پرانيستل شي او د دې کار لپاره نورو پيسو ته اړتيا نه شته.",
            "هغه زياته کړه چې د سيند بلې غاړې ته خلک له ډېرې مودې راهيسې د دې ورځې په تمه وو.",
        ],
    ),
    (
        "pt",
        [
            "A nova ponte sobre o rio foi aberta ontem, mas os moradores da vila ainda não querem passar por ela.",
            "Eles dizem que a estrada é muito estreita e que antes é preciso pôr lâmpadas, como as que havia na ponte velha.",
        ],
    ),
    (
        "ro",
        [
            "Noul pod peste râu a fost deschis ieri, dar oamenii din oraș nu vor încă să treacă pe el cu mașina.",
            "Ei spun că drumul este prea îngust și că mai întâi trebuie puse lămpi, așa cum erau pe podul cel vechi.",
        ],
    ),
    (
        "ru",
        [
            "Новый мост через реку открыли вчера, но жители города пока не хотят по нему ездить.",
            "Они говорят, что дорога слишком узкая и что сначала нужно поставить фонари, как это было на старом мосту.",
        ],
    ),
    (
        "rw",
        [
            "Ikiraro gishya cyo hejuru y'umugezi cyafunguwe ejo, ariko abaturage bo mu mujyi ntibarashaka kukinyuraho.",
            "Bavuga ko umuhanda ari muto cyane kandi ko hagomba kubanza gushyirwa amatara, nk'uko byari bimeze kuri icyo cya kera.",
        ],
    ),
    (
        "sk",
        [
            "Nový most cez rieku bol včera otvorený, ale ľudia z mesta po ňom zatiaľ jazdiť nechcú.",
            "Hovoria, že cesta je príliš úzka a že sa na ňu najprv musia dať svetlá, ktoré mal aj starý most.",
        ],
    ),
    (
        "sl",
        [
            "Novi most čez reko so odprli včeraj, vendar se ljudje iz mesta še ne želijo voziti po njem.",
            "Pravijo, da je cesta preozka in da je treba nanjo najprej postaviti luči, kot so bile tudi na starem mostu.",
        ],
    ),
    (
        "sn",
        [
            "Bhiriji idzva riri pamusoro perwizi rakavhurwa nezuro, asi vanhu vemuguta havasati vachida kufamba naro.",
            "Vanoti mugwagwa wacho mudiki zvikuru uye kuti zvinofanira kuti paiswe magetsi kutanga, sezvazvaiva kare.",
        ],
    ),
    (
        "so",
        [
            "Buundada cusub ee webiga ayaa la furay shalay, laakiin dadka magaalada weli ma doonayaan inay ka gudbaan.",
            "Waxay sheegeen in waddadu aad u cidhiidhi tahay oo ay tahay in marka hore nalal la geliyo, sidii ay ahayd buundadii hore.",
        ],
    ),
    (
        "sq",
        [
            "Ura e re mbi lumë u hap dje, por banorët e qytetit nuk duan ende të kalojnë mbi të.",
            "Ata thonë se rruga është shumë e ngushtë dhe se më parë duhet të vendosen drita, siç ishin në urën e vjetër.",
        ],
    ),
    (
        "sr",
        [
            "Нови мост преко реке отворен је јуче, али људи из града још не желе да возе преко њега.",
            "Они кажу да је пут превише узак и да прво треба поставити светла, као што је било на старом мосту.",
        ],
    ),
    (
        "sv",
        [
            "Den nya bron över ån öppnades i går, men folk i staden vill ännu inte köra över den eftersom vägen är för smal.",
            "De säger att det först måste sättas upp lampor, som det också fanns på den gamla bron.",
        ],
    ),
    (
        "sw",
        [
            "Daraja jipya juu ya mto lilifunguliwa jana, lakini watu wa mji huo bado hawataki kupita juu yake.",
            "Wanasema kwamba barabara ni nyembamba sana na kwamba ni lazima taa ziwekwe kwanza, kama ilivyokuwa katika daraja la zamani.",
        ],
    ),
    ("ta", ["புதிய பாலம் நேற்று திறக்கப்பட்டது, ஆனால் ஊர் மக்கள் இன்னும் அதைக் கடக்க விரும்பவில்லை.", "சாலை மிகவும் குறுகியது என்கிறார்கள்."]),
    ("th", ["สะพานใหม่เปิดเมื่อวานนี้ แต่ชาวเมืองยังไม่อยากขับรถข้าม", "พวกเขาบอกว่าถนนแคบเกินไป"]),
    (
        "ti",
        [
            "እቲ ሓድሽ ድልድል ትማሊ ተኸፊቱ፣ ግን ህዝቢ እታ ከተማ ክሳብ ሕጂ ክሓልፈሉ ኣይደልን እዩ።",
            "ንሳቶም እቲ መንገዲ ኣዝዩ ጸቢብ ምዃኑን ቅድሚ ኩሉ መብራህቲ ክግበረሉ ከም ዘለዎን ይዛረቡ፣ ከምቲ ኣብ ዝሓለፈ ዝነበረ።",
        ],
    ),
    (
        "tl",
        [
            "Binuksan kahapon ang bagong tulay sa ibabaw ng ilog, ngunit ayaw pa ng mga tao sa bayan na dumaan dito.",
            "Sinabi nila na masyadong makitid ang daan at kailangan munang maglagay ng mga ilaw, tulad ng nasa lumang tulay.",
        ],
    ),
    (
        "tr",
        [
            "Nehrin üzerindeki yeni köprü dün açıldı, ancak kasaba halkı henüz üzerinden geçmek istemiyor.",
            "Yolun çok dar olduğunu ve önce eski köprüde olduğu gibi lambaların konulması gerektiğini söylüyorlar.",
        ],
    ),
    (
        "uk",
        [
            "Новий міст через річку відкрили вчора, але мешканці міста поки що не хочуть по ньому їздити.",
            "Вони кажуть, що дорога занадто вузька і що спочатку треба поставити ліхтарі, як це було на старому мосту.",
        ],
    ),
    (
        "ur",
        [
            "شہر کے میئر نے کہا کہ نیا پل اگلے ہفتے کھول دیا جائے گا اور اس کے لیے اب مزید رقم کی ضرورت نہیں ہے۔",
            "انہوں نے کہا کہ دریا کے اس پار کے لوگ کئی سال سے اس دن کا انتظار کر رہے تھے۔",
        ],
    ),
    (
        "vi",
        [
            "Cây cầu mới qua sông đã được khánh thành hôm qua, nhưng người dân trong thị trấn vẫn chưa muốn đi qua đó.",
            "Họ nói rằng con đường quá hẹp và trước hết phải lắp đèn, như những chiếc đèn đã có trên cây cầu cũ.",
        ],
    ),
    (
        "yo",
        [
            "Wọ́n ṣí afárá tuntun tó wà lórí odò náà ní àná, ṣùgbọ́n àwọn ará ìlú náà kò tíì fẹ́ gba orí rẹ̀ kọjá.",
            "Wọ́n sọ pé ọ̀nà náà ti kéré jù àti pé ó yẹ kí wọ́n kọ́kọ́ fi iná sí i, gẹ́gẹ́ bí ó ṣe wà tẹ́lẹ̀.",
        ],
    ),
    (
        "zh",
        [
            "新桥昨天已经开通，但是镇上的人们还不愿意从上面经过，因为他们认为这条路太窄了。",
            "他们说，首先要在桥上安装路灯，就像以前的老桥一样，而且市长也应该来看一看。",
        ],
    ),
];

fn language(text: &str) -> Option<String> {
    copydesk::clean(text).lang().map(str::to_owned)
}

#[test]
fn two_sentences_tell_a_language() {
    let mut wrong = Vec::new();
    for (code, [first, second]) in SENTENCES {
        for text in [format!("{first} {second}"), format!("{first}\n{second}"), format!("Menu\n{first} {second}\nOK")] {
            let found = language(&text);
            if found.as_deref() != Some(code) {
                wrong.push(format!("{code}: {found:?} {text:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One sentence may be too little, but is taken for no other language.
#[test]
fn one_sentence_is_never_told_wrongly() {
    for (code, sentences) in SENTENCES {
        for sentence in sentences {
            let found = language(sentence);
            assert!(found.as_deref().is_none_or(|found| found == *code), "{code}: {found:?} {sentence}");
        }
    }
}

#[test]
fn english_full_of_latin_words_is_english() {
    for text in [
        "To install lorem-cli, run `lorem init --quorum=3 forum.toml`. The daemon then writes the data, media and metadata of each \
         corpus into /var/opus, and it keeps the agenda in camera obscura mode ad infinitum unless you say otherwise.",
        "Spectrum, quantum, momentum, vacuum, minimum, maximum, continuum: the glossary of the Tessarine Institute lists them per \
         volume, pro forma, with data from a priori and a posteriori models in vitro and in vivo.",
        "Homo sapiens and Pan paniscus differ in cortex, cerebellum and medulla oblongata, but the foramen magnum of the fossil \
         from Orvell Quarry was, according to its finders, in situ and not ex situ.",
        "fn main() { let status = Status::default(); } The enum Status is not Copy, so the compiler will say that it was moved, \
         and you have to clone it or pass a reference.",
    ] {
        assert_eq!(language(text).as_deref(), Some("en"), "{text}");
    }
}

#[test]
fn short_texts_are_left_open() {
    for text in [
        "Mayor opens bridge",
        "Neue Brücke eröffnet",
        "Le pont est ouvert",
        "Orvell 3, Tessarine 1",
        "www.example.org",
        "Новый мост",
        "",
    ] {
        assert_eq!(language(text), None, "{text}");
    }
    for (text, code) in [
        ("Άνοιξε η νέα γέφυρα", "el"),
        ("새 다리가 어제 열렸다", "ko"),
        ("สะพานใหม่เปิดแล้ว", "th"),
        ("ახალი ხიდი გაიხსნა", "ka"),
    ] {
        assert_eq!(language(text).as_deref(), Some(code), "{text}");
    }
}

/// What no list knows is no language that one knows.
#[test]
fn unknown_languages_are_left_open() {
    for text in [
        "Brelo tinas vorkel ummet dasso, kelin parrotu sebel on tirra; mosk velluno dasso pirrem, olku tenna vorkel sut.",
        "Zhk qwr plmt xvb nrtk, wprt lkj hgfd mnbv cxz qwrt plk.",
    ] {
        assert_eq!(language(text), None, "{text}");
    }
}

#[test]
fn furniture_in_another_language_has_no_say() {
    let furniture =
        "Startseite\nNachrichten aus der Region\nAnmelden und mitreden\nDas könnte Sie auch interessieren\n";
    let (_, [first, second]) = SENTENCES.iter().find(|(code, _)| *code == "en").unwrap();
    assert_eq!(language(&format!("{furniture}{first} {second}\n{furniture}")).as_deref(), Some("en"));
    assert_eq!(language(&format!("{furniture}{first}\n{second}\n{furniture}")).as_deref(), Some("en"));
}
