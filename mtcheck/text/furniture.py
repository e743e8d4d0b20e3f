"""Words by which page furniture is known when nothing but plain text is left of a page.

Phrases are in lower case. They were written down from the templates of common content systems (WordPress, Drupal,
Bitrix, Joomla and the like), in the languages those are most used in; they name functions of a page, never its subject.
"""

from __future__ import annotations


def _phrases(listed: str) -> tuple[str, ...]:
    """Return the phrases of a list that semicolons part."""
    return tuple(listed.split(";"))


def _words(listed: str) -> frozenset[str]:
    """Return the words of a list that spaces part."""
    return frozenset(listed.split())


LABELS = frozenset(
    _phrases(
        # English
        "0 comments;back to top;breaking news;chats;close;comments;continue reading;copy link;download;follow us;forward;home;"
        "latest;latest news;latest posts;listen;loader;loading;loading...;log in;login;more;more news;most popular;most read;"
        "menu;next;newsfeed;news feed;news ticker;no comments;open menu;popular;previous;print;read more;recommended;register;"
        "reply;search;see also;send;share;share this;show more;sign in;sign up;skip to content;skip to main content;"
        "subscribe;top stories;trending;tweet;update;view all;watch live;"
        # Russian
        "войти;вход;главная;загрузка;загрузить еще;комментарии;лента новостей;меню;наверх;новости;обновить;ответить;"
        "поделиться;подписаться;подробнее;поиск;популярное;регистрация;скачать;показать еще;читать далее;читайте также;"
        # German
        "abonnieren;anmelden;drucken;kommentare;mehr;mehr laden;meistgelesen;menü;nach oben;registrieren;startseite;suche;"
        "teilen;weiterlesen;zum inhalt springen;"
        # Spanish
        "buscar;cerrar;comentarios;compartir;imprimir;iniciar sesión;inicio;ir al contenido;leer más;lo más leído;"
        "menú;más noticias;registrarse;suscríbete;suscribirse;ver más;volver arriba;últimas noticias;"
        # French
        "accueil;aller au contenu;commentaires;connexion;imprimer;lire la suite;partager;rechercher;retour en haut;"
        "s'abonner;s’abonner;se connecter;voir plus;à lire aussi;"
        # Arabic
        "الرئيسية;القائمة;بحث;تسجيل الدخول;اشترك;مشاركة;شارك;طباعة;المزيد;اقرأ المزيد;التعليقات;الأكثر قراءة;أحدث الأخبار"
    )
)
"""Whole lines that are a button, a counter's caption or a menu entry."""

COMMENT_STARTS = _phrases(
    "leave a reply;leave a comment;do you want to leave a comment;comments (;discussion;join the discussion;"
    "to participate in the discussion;post a comment;write a comment;add a comment;your email address will not be published;"
    "комментарии;оставить комментарий;добавить комментарий;обсуждение;ваш адрес email не будет опубликован;"
    "kommentare;schreibe einen kommentar;schreiben sie einen kommentar;kommentar verfassen;deine e-mail-adresse wird nicht;"
    "comentarios;deja un comentario;deja una respuesta;dejar un comentario;tu dirección de correo electrónico no será;"
    "commentaires;laisser un commentaire;laissez un commentaire;votre adresse e-mail ne sera pas;"
    "اترك تعليق;أضف تعليق;التعليقات;لن يتم نشر عنوان بريدك"
)
"""How the heading of a comment area, or its form, begins."""

END_STARTS = _phrases(
    "related articles;related posts;related news;related stories;related topics;read also;see also;you may like;"
    "you may also like;more on this;more from;most read;most popular;latest posts;latest news;trending;trends;recommended;"
    "all news articles;follow us;subscribe to;sign up for;source:;sources:;tags:;filed under;share this;back to top;"
    "about the author;all rights reserved;copyright;the rights to this material;terms of use;privacy policy;"
    "this article was originally published;"
    "читайте также;по теме;материалы по теме;другие новости;источник:;теги:;метки:;подписка;подпишитесь;все права;"
    "автор:;об авторе;новости партнеров;смотрите также;права на;"
    "lesen sie auch;mehr zum thema;das könnte sie auch;quelle:;quellen:;schlagwörter:;alle rechte;über den autor;"
    "te puede interesar;también te puede;noticias relacionadas;artículos relacionados;lee también;lea también;fuente:;"
    "etiquetas:;todos los derechos;sobre el autor;suscríbete a;"
    "lire aussi;à lire aussi;articles liés;articles similaires;sur le même sujet;source :;tous droits;mots-clés;"
    "à propos de l'auteur;à propos de l’auteur;"
    "اقرأ أيضا;اقرأ أيضاً;مواضيع ذات صلة;أخبار ذات صلة;المصدر:;جميع الحقوق;الكلمات المفتاحية;تابعنا على"
)
"""How the lines begin that stand after an article's last sentence."""

CAPTION_STARTS = _phrases(
    "©;image source;image:;image credit;image courtesy;photo:;photo :;photo by;photo credit;photograph:;picture:;"
    "file photo;фото:;фото ;источник фото;иллюстрация:;на фото;foto:;bild:;bildquelle;imagen:;fotografía:;crédit photo;"
    "crédits photo;photo d'illustration;صورة:;الصورة:;المصدر الصورة;تصوير:"
)
"""How the caption or credit of a picture begins."""

BYLINE_STARTS = _phrases(
    "by ;written by ;author:;posted by ;reported by ;автор:;автор ;текст:;von ;autor:;por ;escrito por ;redacción;par ;"
    "auteur :;auteur:;بقلم;كتب:;كتبت:"
)
"""How the line with the author's name begins."""

MONTHS = _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep "
    "sept oct nov dec января февраля марта апреля мая июня июля августа сентября октября ноября декабря januar februar märz "
    "mai juni juli oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "janvier février mars avril juin juillet août septembre octobre novembre décembre يناير فبراير مارس أبريل مايو يونيو يوليو "
    "أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
)
DATE_WORDS = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun published updated posted last on "
    "at am pm gmt utc est msk cet first modified date time ago hours minutes days min read понедельник вторник среда четверг "
    "пятница суббота воскресенье опубликовано обновлено года г в мск montag dienstag mittwoch donnerstag freitag samstag "
    "sonntag uhr am veröffentlicht aktualisiert stand lunes martes miércoles jueves viernes sábado domingo de del a las "
    "publicado actualizado lundi mardi mercredi jeudi vendredi samedi dimanche le à publié mis jour الاثنين الثلاثاء الأربعاء "
    "الخميس الجمعة السبت الأحد نشر تحديث"
)
"""Words that a line may hold, beside digits and the name of a month, and still be no more than a date."""
