// Shows one slide: #<number>,<language>. Used only while a film is being made.
const [number, lang] = location.hash.slice(1).split(',');
document.body.dataset.lang = lang ?? 'vi';
document.querySelectorAll('section')[Number(number ?? 0)]?.classList.add('on');
